// What Swift cannot call: prctl and syscall take a variable number of arguments, and a filter of system calls is an array
// that only macros write. Everything is inline, so that no library is built of it.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// GNU's own, which Swift's view of the C library leaves out.
#ifndef O_PATH
#define O_PATH 010000000
#endif
extern int pipe2(int ends[2], int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);

// A pipe that no other child inherits.
static inline int child_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// The child keeps nothing from descriptor `first` on.
static inline int child_close_from(posix_spawn_file_actions_t *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

// No program that is started from here gains rights; nothing of this process's memory is dumped or read by others; it ends
// when the thread that started it does.
static inline int confine_privileges(void) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -1;
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return -1;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

// Landlock (Linux 5.13): files are read below `folders` and from the descriptors `first` to `first + count - 1` only, and
// nothing is written, made or removed anywhere.
static inline int confine_files(const char *const *folders, int first, int count) {
    struct { uint64_t files, network, scope; } rules = { 0, 0, 0 };
    long version = syscall(444, NULL, 0, 1);
    if (version < 1) return -1;
    rules.files = (1ULL << 13) - 1;
    if (version >= 2) rules.files |= 1ULL << 13;
    if (version >= 3) rules.files |= 1ULL << 14;
    if (version >= 5) rules.files |= 1ULL << 15;
    if (version >= 4) rules.network = 3;
    if (version >= 6) rules.scope = 3;
    int ruleset = (int)syscall(444, &rules, version >= 6 ? 24 : version >= 4 ? 16 : 8, 0);
    if (ruleset < 0) return -1;
    const uint64_t read_file = 1 << 2, read_folder = 1 << 3;
    struct __attribute__((packed)) { uint64_t allowed; int32_t parent; } rule;
    for (; *folders; folders++) {
        // One that this system does not have needs no rule.
        int folder = open(*folders, O_PATH | O_CLOEXEC);
        if (folder < 0) continue;
        rule.allowed = read_file | read_folder;
        rule.parent = folder;
        // A single file takes no rule about folders.
        if (syscall(445, ruleset, 1, &rule, 0) != 0) {
            rule.allowed = read_file;
            syscall(445, ruleset, 1, &rule, 0);
        }
        close(folder);
    }
    for (int file = first; file < first + count; file++) {
        rule.allowed = read_file;
        rule.parent = file;
        syscall(445, ruleset, 1, &rule, 0);
    }
    int result = (int)syscall(446, ruleset, 0);
    close(ruleset);
    return result;
}

#if defined(__x86_64__)
#define CONFINE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define CONFINE_ARCH AUDIT_ARCH_AARCH64
#endif

#define CONFINE_ANSWER(number) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (number))
#define CONFINE_REFUSE(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), CONFINE_ANSWER(EPERM)
#define CONFINE_UNKNOWN(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, name, 0, 1), CONFINE_ANSWER(ENOSYS)
#define CONFINE_ARGUMENT(index) offsetof(struct seccomp_data, args) + 8 * (index)
// Refuses a call one of whose arguments has any of `bits`.
#define CONFINE_REFUSE_BITS(name, index, bits) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 4), \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, CONFINE_ARGUMENT(index)), \
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1), CONFINE_ANSWER(EPERM), \
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define CONFINE_WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)

// No network, no other program, no other process, no file that is written, made, renamed or removed, no limit raised. Holds
// for all threads.
static inline int confine_calls(void) {
#ifndef CONFINE_ARCH
    errno = ENOSYS;
    return -1;
#else
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CONFINE_ARCH, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        // The second set of numbers of x86-64, by which a filter would be gone around.
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        CONFINE_REFUSE(socket), CONFINE_REFUSE(socketpair), CONFINE_REFUSE(connect), CONFINE_REFUSE(bind),
        CONFINE_REFUSE(listen), CONFINE_REFUSE(accept), CONFINE_REFUSE(accept4), CONFINE_REFUSE(sendto),
        CONFINE_REFUSE(sendmsg), CONFINE_REFUSE(execve), CONFINE_REFUSE(execveat), CONFINE_REFUSE(ptrace),
        CONFINE_REFUSE(process_vm_readv), CONFINE_REFUSE(process_vm_writev), CONFINE_REFUSE(kill),
        CONFINE_REFUSE(unshare), CONFINE_REFUSE(setns), CONFINE_REFUSE(mount), CONFINE_REFUSE(umount2),
        CONFINE_REFUSE(pivot_root), CONFINE_REFUSE(chroot), CONFINE_REFUSE(bpf), CONFINE_REFUSE(perf_event_open),
        CONFINE_REFUSE(userfaultfd), CONFINE_REFUSE(keyctl), CONFINE_REFUSE(add_key), CONFINE_REFUSE(request_key),
        CONFINE_REFUSE(memfd_create), CONFINE_REFUSE(shmget), CONFINE_REFUSE(setrlimit), CONFINE_REFUSE(unlinkat),
        CONFINE_REFUSE(renameat), CONFINE_REFUSE(renameat2), CONFINE_REFUSE(linkat), CONFINE_REFUSE(symlinkat),
        CONFINE_REFUSE(mkdirat), CONFINE_REFUSE(mknodat), CONFINE_REFUSE(truncate), CONFINE_REFUSE(ftruncate),
        CONFINE_REFUSE(fchmod), CONFINE_REFUSE(fchmodat), CONFINE_REFUSE(fchown), CONFINE_REFUSE(fchownat),
        CONFINE_REFUSE(setxattr), CONFINE_REFUSE(fsetxattr), CONFINE_REFUSE(utimensat), CONFINE_REFUSE(setuid),
        CONFINE_REFUSE(setgid), CONFINE_REFUSE(capset), CONFINE_REFUSE(reboot),
#if defined(__x86_64__)
        CONFINE_REFUSE(fork), CONFINE_REFUSE(vfork), CONFINE_REFUSE(creat), CONFINE_REFUSE(unlink), CONFINE_REFUSE(rmdir),
        CONFINE_REFUSE(rename), CONFINE_REFUSE(link), CONFINE_REFUSE(symlink), CONFINE_REFUSE(mkdir), CONFINE_REFUSE(mknod),
        CONFINE_REFUSE(chmod), CONFINE_REFUSE(chown), CONFINE_REFUSE(lchown), CONFINE_REFUSE(utime), CONFINE_REFUSE(utimes),
        CONFINE_REFUSE_BITS(open, 1, CONFINE_WRITING),
#endif
        CONFINE_REFUSE_BITS(openat, 2, CONFINE_WRITING),
        // openat2, clone3 and io_uring hide their flags behind a pointer; libraries fall back to what is looked at here.
        CONFINE_UNKNOWN(437), CONFINE_UNKNOWN(435), CONFINE_UNKNOWN(425), CONFINE_UNKNOWN(426), CONFINE_UNKNOWN(427),
        // Asking for a limit is fine; the third argument would set one.
        CONFINE_REFUSE_BITS(prlimit64, 2, 0xFFFFFFFF),
        // Threads, and no other process.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, CONFINE_ARGUMENT(0)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x00010000, 1, 0), CONFINE_ANSWER(EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { sizeof filter / sizeof *filter, filter };
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
#endif
}
