"""The walls a child raises around itself before it sees one byte of a file.

Three kernel mechanisms, none of which needs rights: a network and user namespace of its own
(`unshare`), a filter on system calls (`seccomp`), and a ban on files (`landlock`). Any may be
missing on a machine; which of them stand is reported. The limits (`setrlimit`) always stand.
"""

from __future__ import annotations

import ctypes
import mimetypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from joindots.kernel.words import Words, words

NEW_USER, NEW_NET, NEW_IPC = 0x10000000, 0x40000000, 0x08000000
SET_DEATH_SIGNAL, SET_DUMPABLE, SET_SECCOMP, SET_NO_NEW_PRIVILEGES = 1, 4, 22, 38
FILTER_MODE = 2
OPEN_FILES = 64


class Walls(msgspec.Struct, frozen=True, kw_only=True):
    """Which walls stand around a reader on this machine."""

    limits: bool = False
    namespace: bool = False
    calls: bool = False
    files: bool = False

    @property
    def network(self) -> bool:
        """No way out: by a network of its own, or because sockets cannot be made."""
        return self.namespace or self.calls

    @property
    def native(self) -> bool:
        """Whether decoders outside Python may be given a stranger's file."""
        return self.network

    def missing(self) -> tuple[Words, ...]:
        """One sentence for each wall that does not stand, for the health page; empty when all is well."""
        found = []
        if not self.network:
            found.append(words(
                "wall_network",
                "Readers of uploaded files can reach the network here, so no decoder outside Python is given one. "
                "Run on a Linux kernel with seccomp or user namespaces switched on.",
            ))  # fmt: skip
        if not self.files:
            found.append(words(
                "wall_files",
                "Readers of uploaded files are not kept from this machine's other files. "
                "Run on a Linux kernel 5.13 or newer with Landlock switched on.",
            ))  # fmt: skip
        if not self.calls:
            found.append(words(
                "wall_calls",
                "Readers of uploaded files may start other programs here. "
                "Run on a Linux kernel with seccomp switched on, on an x86-64 or ARM64 machine.",
            ))  # fmt: skip
        return tuple(found)


_STARTS_THREADS = ("numpy", "pandas")
"""The reader of workbooks takes these where they are installed; they want threads, which end a child behind walls."""


def raise_walls(memory: int, cpu_seconds: int, readable: Iterable[str], *, threads: bool = False) -> Walls:
    """Raise every wall this machine has. `readable`: folders of code that may still be loaded.

    `threads`: this process may start threads of its own, as a decoder of an iPhone's pictures must; never processes.
    """
    for name in _STARTS_THREADS:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None: as if it were not installed
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if libc is None:
        return Walls(limits=_limit(memory, cpu_seconds) and _no_processes())
    libc.prctl(SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    libc.prctl(SET_DUMPABLE, 0, 0, 0, 0)
    private = libc.prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    namespace = libc.unshare(NEW_USER | NEW_NET | NEW_IPC) == 0
    limits = _limit(memory, cpu_seconds) and (threads or _no_processes())
    files = private and _ban_files(libc, readable)
    calls = private and _filter_calls(libc, threads)
    if threads and not calls:
        _no_processes()  # nothing else would tell a thread from a process
    return Walls(limits=limits, namespace=namespace, calls=calls, files=files)


def _limit(memory: int, cpu_seconds: int) -> bool:
    for what, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 5),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        held = resource.getrlimit(what)[1]
        most = hard if held == resource.RLIM_INFINITY else min(hard, held)
        resource.setrlimit(what, (min(soft, most), most))
    return True


def _no_processes() -> bool:
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    return True


# Landlock ------------------------------------------------------------------------------------------

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
PATH_BENEATH = 1
READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights over files each version of Landlock knows; from 5 on the same."""
SYSTEM_FOLDERS = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime")
"""Shared libraries and time zones. /usr holds programs, never a service's data."""


def _ban_files(libc: ctypes.CDLL, readable: Iterable[str]) -> bool:
    version = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    if version < 1:
        return False
    rights = (1 << FILE_RIGHTS.get(version, 16)) - 1
    attributes = struct.pack("=QQQ", rights, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), ctypes.c_uint(0))
    if ruleset < 0:
        return False
    for path in (*SYSTEM_FOLDERS, *map(str, mimetypes.knownfiles), *readable):
        _allow_reading(libc, ruleset, path)
    done = libc.syscall(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint(0)) == 0
    os.close(ruleset)
    return bool(done)


def _allow_reading(libc: ctypes.CDLL, ruleset: int, path: str) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    allowed = READ_FILE | READ_FOLDER if Path(path).is_dir() else READ_FILE
    rule = struct.pack("=Qi", allowed, opened)
    libc.syscall(ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(PATH_BENEATH), rule, ctypes.c_uint(0))
    os.close(opened)


# Seccomp -------------------------------------------------------------------------------------------

REFUSED_CALLS = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242),
    "clone": (56, 220), "fork": (57, None), "vfork": (58, None), "clone3": (435, 435),
    "execve": (59, 221), "execveat": (322, 281), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "prlimit64": (302, 261), "setrlimit": (160, 164),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "chroot": (161, 51),
    "pivot_root": (155, 41), "open_tree": (428, 428), "fsopen": (430, 430), "move_mount": (429, 429),
    "open_by_handle_at": (304, 265), "bpf": (321, 280), "userfaultfd": (323, 282), "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "init_module": (175, 105), "finit_module": (313, 273), "kexec_load": (246, 104), "reboot": (169, 142),
    "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186), "truncate": (76, 45), "chmod": (90, None),
    "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None), "lchown": (94, None),
    "fchown": (93, 55), "fchownat": (260, 54), "utimensat": (280, 88), "kexec_file_load": (320, 294),
}  # fmt: skip
"""Numbers on x86-64 and ARM64. A reader needs none of these; each fails with "not permitted"."""
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
LOAD, EQUAL, AT_LEAST, ANY_OF, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, FAIL, NOT_KNOWN, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
FIRST_ARGUMENT, THREAD = 16, 0x00010000
X32 = 0x40000000


def program(machine: str, threads: bool = False) -> bytes | None:
    """The filter for a machine; None where it is not known. Another machine's calls end the process.

    With `threads`, a clone that is a thread of this very process is let through.
    """
    if machine not in MACHINES:
        return None
    column, mark = MACHINES[machine]
    numbers = [pair[column] for pair in REFUSED_CALLS.values() if pair[column] is not None]
    lines = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, mark), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0)]
    if threads:
        clone, newer = REFUSED_CALLS["clone"][column] or 0, REFUSED_CALLS["clone3"][column] or 0
        lines += [(EQUAL, 0, 1, newer), (RETURN, 0, 0, NOT_KNOWN)]  # then the C library asks by the older call
        lines += [(EQUAL, 0, 4, clone), (LOAD, 0, 0, FIRST_ARGUMENT), (ANY_OF, 0, 1, THREAD)]
        lines += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, FAIL)]
    lines.append((AT_LEAST, len(numbers) + 1, 0, X32))
    lines += [(EQUAL, len(numbers) - at, 0, number or 0) for at, number in enumerate(numbers)]
    lines += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, FAIL)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("lines", ctypes.c_char_p))


def _filter_calls(libc: ctypes.CDLL, threads: bool) -> bool:
    lines = program(platform.machine(), threads)
    if lines is None:
        return False
    given = _Program(len(lines) // 8, lines)
    return bool(libc.prctl(SET_SECCOMP, FILTER_MODE, ctypes.byref(given), 0, 0) == 0)
