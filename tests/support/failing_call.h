/* What tests/cli/failing_call.c offers to a test that it is linked into. */
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/* From now on, "rename:2" makes the second rename fail, "write:1+" every write. A null pointer ends that. */
void fail_call(const char* which);
/* Whether one has failed since the last that was not null. */
int call_failed(void);

#ifdef __cplusplus
}
#endif
