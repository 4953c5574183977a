"""Writes small Outlook mails (.msg): a compound file of properties, for the tests."""

import struct
from datetime import UTC, datetime

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, FATSECT, DIFSECT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFF


class _Writer:
    def __init__(self, tree: dict) -> None:
        self.entries, self.mini, self.sectors, self.fat, self.mini_fat = [], b"", [], [], []
        self.fill(self.add("Root Entry", 5), tree)
        self.entries[0] |= {"size": len(self.mini), "start": self.chain(self.mini)}
        self.mini_fat_at = self.chain(_table(self.mini_fat))
        self.directory_at = self.chain(b"".join(map(_entry, self.entries)))

    def add(self, name, kind):
        self.entries.append(
            {"name": name, "kind": kind, "left": NONE, "right": NONE, "child": NONE, "start": END, "size": 0}
        )
        return len(self.entries) - 1

    def chain(self, data):
        start = len(self.sectors)
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        self.sectors.extend(pieces)
        self.fat.extend([start + step + 1 for step in range(len(pieces) - 1)] + ([END] if pieces else []))
        return start if pieces else END

    def mini_chain(self, data):
        start, count = len(self.mini_fat), -(-len(data) // MINI)
        self.mini += data.ljust(count * MINI, b"\0")
        self.mini_fat.extend([*(start + step + 1 for step in range(count - 1)), END])
        return start

    def fill(self, parent, tree):
        numbers = []
        for name, content in tree.items():
            number = self.add(name, 1 if isinstance(content, dict) else 2)
            numbers.append(number)
            if isinstance(content, dict):
                self.fill(number, content)
            elif content:
                start = self.chain(content) if len(content) >= CUTOFF else self.mini_chain(content)
                self.entries[number] |= {"size": len(content), "start": start}
        names = [entry["name"] for entry in self.entries]
        self.entries[parent]["child"] = self.balanced(sorted(numbers, key=lambda n: (len(names[n]), names[n].upper())))

    def balanced(self, numbers):
        if not numbers:
            return NONE
        middle = len(numbers) // 2
        self.entries[numbers[middle]]["left"] = self.balanced(numbers[:middle])
        self.entries[numbers[middle]]["right"] = self.balanced(numbers[middle + 1 :])
        return numbers[middle]

    def file(self) -> bytes:
        used, tables, more = len(self.fat), 1, 0
        while (used + tables + more) * 4 > tables * SECTOR:
            tables += 1
            more = -(-max(0, tables - 109) // 127)
        places = [used + step for step in range(tables)]
        further = b"".join(
            _table(places[at : at + 127]).ljust(SECTOR - 4, b"\xff")[: SECTOR - 4]
            + struct.pack("<I", used + tables + step + 1 if step + 1 < more else END)
            for step, at in enumerate(range(109, tables, 127))
        )
        table = _table(self.fat + [FATSECT] * tables + [DIFSECT] * more)
        head = (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
        )
        head += struct.pack("<IIIII", tables, self.directory_at, 0, CUTOFF, self.mini_fat_at)
        head += struct.pack("<III", -(-len(self.mini_fat) * 4 // SECTOR), used + tables if more else END, more)
        head += struct.pack("<109I", *places[:109], *[FREE] * (109 - tables))
        return head + b"".join(self.sectors) + table.ljust(tables * SECTOR, b"\xff") + further


def compound(tree: dict) -> bytes:
    """A compound file; a dict is a storage, bytes are a stream."""
    return _Writer(tree).file()


def _table(numbers) -> bytes:
    data = struct.pack(f"<{len(numbers)}I", *numbers)
    return data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\xff")


def _entry(entry) -> bytes:
    name = (entry["name"] + "\0").encode("utf-16-le")
    data = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), entry["kind"], 1)
    data += struct.pack("<III", entry["left"], entry["right"], entry["child"])
    return data + bytes(36) + struct.pack("<IQ", entry["start"], entry["size"])


def folder(header: int, values: dict) -> dict:
    """A storage with its properties: text, bytes, (bytes, codepage kind), whole numbers, times or storages by tag."""
    fixed, found = bytes(header), {}
    for tag, value in values.items():
        if isinstance(value, str):
            kind, data = 0x001F, value.encode("utf-16-le", "surrogatepass")
        elif isinstance(value, tuple):
            kind, data = value
        elif isinstance(value, bytes):
            kind, data = 0x0102, value
        else:
            kind = 0x0040 if isinstance(value, datetime) else 0x0003
            data = None
            packed = struct.pack("<Q", filetime(value)) if kind == 0x0040 else struct.pack("<iI", value, 0)
        if data is not None:
            found[f"__substg1.0_{tag:04X}{kind:04X}"] = data
            packed = struct.pack("<II", len(data), 0)
        fixed += struct.pack("<HHI", kind, tag, 6) + packed
    return {"__properties_version1.0": fixed, **found}


def filetime(at: datetime) -> int:
    return int((at - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def msg(values: dict, recipients=(), attachments=(), **more) -> bytes:
    """An Outlook mail. `more` are further streams or storages at the top."""
    tree = folder(32, {0x001A: "IPM.Note", **values})
    tree["__nameid_version1.0"] = {"__substg1.0_00020102": b""}
    for number, one in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = folder(8, one)
    for number, one in enumerate(attachments):
        inside = {tag: value for tag, value in one.items() if not isinstance(value, dict)}
        tree[f"__attach_version1.0_#{number:08X}"] = folder(8, inside) | {
            f"__substg1.0_{tag:04X}000D": value for tag, value in one.items() if isinstance(value, dict)
        }
    return compound({**tree, **more})
