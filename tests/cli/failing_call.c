/* Preloaded into a program, makes its n-th call of one kind fail: FAULT=rename:2 the second rename. Kinds are open,
   write, read, fsync, rename and malloc, which is an allocation of more than 1 MB. Only files outside the system's
   folders count. When the fault has happened, the file FAULT_HAPPENED exists. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);

static int fails(const char* kind, int error) {
    static int count = 0;
    const char* which = getenv("FAULT");
    const size_t length = strlen(kind);
    if (!which || strncmp(which, kind, length) != 0 || which[length] != ':') return 0;
    if (strcmp(program_invocation_short_name, "convloom") != 0) return 0; /* not the programs it starts */
    if (__atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST) != atoi(which + length + 1)) return 0;
    const char* happened = getenv("FAULT_HAPPENED");
    if (happened) syscall(SYS_close, (int)syscall(SYS_openat, AT_FDCWD, happened, O_CREAT | O_WRONLY, 0600));
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

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
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
