/* Preloaded into a program, makes its n-th write to a regular file fail as on a full disk. FAILING_WRITE is the number,
   such as "3", or "3+" if all later writes fail too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int fails(int file) {
    static int count = 0;
    struct stat about;
    const char* which = getenv("FAILING_WRITE");
    const int saved = errno;
    const int regular = fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_nlink > 0;
    errno = saved;
    if (!which || !regular) return 0;
    ++count;
    if (count == atoi(which) || (strchr(which, '+') && count > atoi(which))) {
        errno = ENOSPC;
        return 1;
    }
    return 0;
}

ssize_t write(int file, const void* bytes, size_t size) {
    ssize_t (*real)(int, const void*, size_t) = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
    return fails(file) ? -1 : real(file, bytes, size);
}

ssize_t writev(int file, const struct iovec* parts, int count) {
    ssize_t (*real)(int, const struct iovec*, int) =
        (ssize_t(*)(int, const struct iovec*, int))dlsym(RTLD_NEXT, "writev");
    return fails(file) ? -1 : real(file, parts, count);
}
