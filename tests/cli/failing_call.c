/* Preloaded into a program, makes its n-th call of one kind fail: FAULT=rename:2 the second rename, FAULT=write:2+ all
   writes from the second on. Kinds are those below and malloc, which is an allocation of more than 1 MB. Only files and
   folders of the user count. When the fault has happened, the file FAULT_HAPPENED exists. Linked into a test, it does
   the same where the test calls fail_call(). */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tests/support/failing_call.h"

extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);

static const char* chosen = NULL; /* by a test, instead of FAULT */
static int calls = 0, happened = 0;

void fail_call(const char* which) {
    if (which) __atomic_store_n(&calls, 0, __ATOMIC_SEQ_CST), __atomic_store_n(&happened, 0, __ATOMIC_SEQ_CST);
    __atomic_store_n(&chosen, which, __ATOMIC_SEQ_CST);
}
int call_failed(void) {
    return __atomic_load_n(&happened, __ATOMIC_SEQ_CST);
}

static const char* told(void) {
    const char* which = __atomic_load_n(&chosen, __ATOMIC_SEQ_CST);
    if (which) return which;
    /* Not in the programs that it starts. */
    return strcmp(program_invocation_short_name, "convloom") == 0 ? getenv("FAULT") : NULL;
}

static int fails(const char* kind, int error) {
    const char* which = told();
    const size_t length = strlen(kind);
    if (!which || strncmp(which, kind, length) != 0 || which[length] != ':') return 0;
    const int now = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST), first = atoi(which + length + 1);
    if (now != first && !(now > first && strchr(which, '+'))) return 0;
    __atomic_store_n(&happened, 1, __ATOMIC_SEQ_CST);
    const char* tells = getenv("FAULT_HAPPENED");
    if (tells) syscall(SYS_close, (int)syscall(SYS_openat, AT_FDCWD, tells, O_CREAT | O_WRONLY, 0600));
    errno = error;
    return 1;
}

static int of_user(const char* path) {
    static const char* system[] = {"/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/"};
    for (size_t n = 0; n < sizeof system / sizeof *system; ++n)
        if (strncmp(path, system[n], strlen(system[n])) == 0) return 0;
    return 1;
}

static int regular(int file) {
    struct stat about;
    const int saved = errno;
    const int good = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    errno = saved;
    return good;
}

#define REAL(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))
#define OPEN(name)                                                   \
    int name(const char* path, int flags, ...) {                     \
        va_list more;                                                \
        va_start(more, flags);                                       \
        const mode_t mode = flags & O_CREAT ? va_arg(more, int) : 0; \
        va_end(more);                                                \
        if (of_user(path) && fails("open", EMFILE)) return -1;       \
        return REAL(name)(path, flags, mode);                        \
    }
OPEN(open)
OPEN(open64)

FILE* fopen(const char* path, const char* mode) {
    return of_user(path) && fails("open", EMFILE) ? NULL : REAL(fopen)(path, mode);
}
FILE* fopen64(const char* path, const char* mode) {
    return of_user(path) && fails("open", EMFILE) ? NULL : REAL(fopen64)(path, mode);
}
ssize_t write(int file, const void* bytes, size_t size) {
    return regular(file) && fails("write", ENOSPC) ? -1 : REAL(write)(file, bytes, size);
}
ssize_t writev(int file, const struct iovec* parts, int count) {
    return regular(file) && fails("write", ENOSPC) ? -1 : REAL(writev)(file, parts, count);
}
ssize_t read(int file, void* bytes, size_t size) {
    return regular(file) && fails("read", EIO) ? -1 : REAL(read)(file, bytes, size);
}
int fsync(int file) {
    return fails("fsync", EIO) ? -1 : REAL(fsync)(file);
}
/* The file is closed all the same, as by the system. */
int close(int file) {
    const int is_file = regular(file);
    const int closed = REAL(close)(file);
    return is_file && fails("close", EIO) ? -1 : closed;
}
int ftruncate(int file, off_t size) {
    return regular(file) && fails("room", EIO) ? -1 : REAL(ftruncate)(file, size);
}
int fallocate(int file, int mode, off_t from, off_t size) {
    return fails("room", ENOSPC) ? -1 : REAL(fallocate)(file, mode, from, size);
}
int chmod(const char* path, mode_t mode) {
    return of_user(path) && fails("chmod", EPERM) ? -1 : REAL(chmod)(path, mode);
}
int fchmod(int file, mode_t mode) {
    return regular(file) && fails("chmod", EPERM) ? -1 : REAL(fchmod)(file, mode);
}
int mkdir(const char* path, mode_t mode) {
    return of_user(path) && fails("mkdir", ENOSPC) ? -1 : REAL(mkdir)(path, mode);
}
DIR* opendir(const char* path) {
    return of_user(path) && fails("opendir", EMFILE) ? NULL : REAL(opendir)(path);
}
DIR* fdopendir(int folder) {
    return fails("opendir", EMFILE) ? NULL : REAL(fdopendir)(folder);
}
int pipe(int ends[2]) {
    return fails("pipe", EMFILE) ? -1 : REAL(pipe)(ends);
}
int pipe2(int ends[2], int flags) {
    return fails("pipe", EMFILE) ? -1 : REAL(pipe2)(ends, flags);
}
pid_t fork(void) {
    return fails("spawn", EAGAIN) ? -1 : REAL(fork)();
}
int posix_spawn(pid_t* child, const char* path, const posix_spawn_file_actions_t* actions,
                const posix_spawnattr_t* attributes, char* const words[], char* const environment[]) {
    if (fails("spawn", EAGAIN)) return EAGAIN;
    return REAL(posix_spawn)(child, path, actions, attributes, words, environment);
}
int posix_spawnp(pid_t* child, const char* name, const posix_spawn_file_actions_t* actions,
                 const posix_spawnattr_t* attributes, char* const words[], char* const environment[]) {
    if (fails("spawn", EAGAIN)) return EAGAIN;
    return REAL(posix_spawnp)(child, name, actions, attributes, words, environment);
}
int execve(const char* path, char* const words[], char* const environment[]) {
    return fails("spawn", ENOMEM) ? -1 : REAL(execve)(path, words, environment);
}
int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*work)(void*), void* given) {
    return fails("thread", EAGAIN) ? EAGAIN : REAL(pthread_create)(thread, attributes, work, given);
}

int rename(const char* from, const char* to) {
    return fails("rename", EIO) ? -1 : REAL(rename)(from, to);
}

static int large(size_t size) {
    return size > 1 << 20 && fails("malloc", ENOMEM);
}
void* malloc(size_t size) {
    return large(size) ? NULL : __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
    return (size == 0 || count <= ((size_t)-1) / size) && large(count * size) ? NULL : __libc_calloc(count, size);
}
void* realloc(void* old, size_t size) {
    return large(size) ? NULL : __libc_realloc(old, size);
}
void* memalign(size_t alignment, size_t size) {
    return large(size) ? NULL : __libc_memalign(alignment, size);
}
void* aligned_alloc(size_t alignment, size_t size) {
    return large(size) ? NULL : __libc_memalign(alignment, size);
}
int posix_memalign(void** made, size_t alignment, size_t size) {
    if (large(size)) return ENOMEM;
    void* const got = __libc_memalign(alignment, size);
    if (!got) return ENOMEM;
    *made = got;
    return 0;
}
