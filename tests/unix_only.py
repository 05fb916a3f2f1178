"""What Python has on Unix and not on Windows, of what a program like ours might use."""

MODULES = (
    *("crypt", "curses", "fcntl", "grp", "nis", "posix", "pty", "pwd", "readline", "resource"),
    *("spwd", "syslog", "termios", "tty"),
)

NAMES = {
    "os": (
        *("WNOHANG", "WUNTRACED", "O_CLOEXEC", "O_DIRECTORY", "O_NOCTTY", "O_NOFOLLOW"),
        *("O_NONBLOCK", "O_SYNC", "chown", "chroot", "confstr", "ctermid", "fchdir", "fchmod"),
        *("fchown", "fdatasync", "fork", "forkpty", "fstatvfs", "getegid", "geteuid", "getgid"),
        *("getgroups", "getloadavg", "getpgid", "getpgrp", "getpriority", "getsid", "getuid"),
        *("getxattr", "killpg", "lchmod", "lchown", "lockf", "memfd_create", "mkfifo", "mknod"),
        *("nice", "openpty", "pipe2", "posix_fallocate", "posix_spawn", "pread", "pwrite"),
        *("readv", "register_at_fork", "sched_getaffinity", "sched_setaffinity", "sched_yield"),
        *("sendfile", "setgid", "setpgid", "setpgrp", "setpriority", "setsid", "setuid"),
        *("setxattr", "statvfs", "sync", "sysconf", "uname", "wait", "wait3", "wait4", "waitid"),
        "writev",
    ),
    "select": ("epoll", "kqueue", "poll"),
    "signal": (
        *("SIGALRM", "SIGBUS", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT"),
        *("SIGSTOP", "SIGTSTP", "SIGUSR1", "SIGUSR2", "SIGWINCH", "SIGXCPU", "SIGXFSZ", "alarm"),
        *("getitimer", "pause", "pthread_kill", "pthread_sigmask", "setitimer", "siginterrupt"),
        *("sigpending", "sigwait"),
    ),
    "socket": ("AF_UNIX",),
    "time": ("clock_gettime", "pthread_getcpuclockid", "tzset"),
}
"""By module."""
