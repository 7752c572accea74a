#!/usr/bin/env python3
"""A disk that loses power: what was not synced is lost, or torn, when it is told to cut.

usage: lossy.py BACKING MOUNTPOINT SEED
BACKING holds what the card holds. Writes stay in memory; fsync of a file carries its blocks over, and fsync of anything carries names
(made, renamed, removed) over, as a journaling file system does. Whoever looks for the file /.cut cuts the power: of each file's unsynced blocks of 512 or 2,048
bytes a random part reaches the card all the same, in no order, and names since the last sync do so or not; then the program ends.
Whoever looks for /.EIO (or the name of another error) makes every write fail so from then on; /.well ends that.
"""
import errno
import os
import random
import stat
import sys
import time

import mfusepy

BACKING, MOUNT, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3])
chance = random.Random(SEED)


class Node:
    """A file: what programs see, what the card holds, and which bytes differ."""

    def __init__(self, data=b"", mode=0o600):
        self.data = bytearray(data)
        self.kept = bytes(data)
        self.mode = mode
        self.dirty = set()
        self.time = time.time_ns()

    def touch(self, first, end):
        self.dirty.update(range(first // 512, (max(end, first + 1) - 1) // 512 + 1))
        self.time = time.time_ns()

    def sync(self):
        self.kept = bytes(self.data)
        self.dirty.clear()

    def after_cut(self):
        """The synced bytes with a random part of the unsynced blocks; the length is the old or the new one."""
        if not self.dirty and len(self.data) == len(self.kept):
            return self.kept
        longer = chance.random() < 0.5
        length = len(self.data) if longer else len(self.kept)
        out = bytearray(self.kept[:length].ljust(length, b"\0"))
        size = chance.choice([1, 4])
        share = chance.choice([0.0, 0.5, 1.0, chance.random()])
        for group in sorted({b // size for b in self.dirty}):
            if chance.random() >= share:
                continue
            first, end = group * size * 512, min((group + 1) * size * 512, length, len(self.data))
            if first < end:
                out[first:end] = self.data[first:end]
        return bytes(out)


fault = 0


def take():
    """Every change of a file passes here."""
    if fault:
        raise mfusepy.FuseOSError(fault)


class Lossy(mfusepy.Operations):
    use_ns = True

    def __init__(self):
        self.names = {}
        self.folders = {"/": 0o700}
        for base, folders, files in os.walk(BACKING):
            inside = "/" + os.path.relpath(base, BACKING) if base != BACKING else ""
            for name in folders:
                self.folders[f"{inside}/{name}"] = 0o700
            for name in files:
                path = os.path.join(base, name)
                with open(path, "rb") as file:
                    self.names[f"{inside}/{name}"] = Node(file.read(), stat.S_IMODE(os.stat(path).st_mode))
        self.names_kept = dict(self.names)

    def node(self, path):
        node = self.names.get(path)
        if node is None:
            raise mfusepy.FuseOSError(errno.ENOENT)
        return node

    def write_back(self):
        names = self.names if chance.random() < 0.5 else self.names_kept
        for base, folders, files in os.walk(BACKING, topdown=False):
            for name in files:
                os.unlink(os.path.join(base, name))
        for folder in sorted(self.folders):
            os.makedirs(BACKING + folder, exist_ok=True)
        for path, node in names.items():
            with open(BACKING + path, "wb") as file:
                file.write(node.after_cut())
            os.chmod(BACKING + path, node.mode)

    def getattr(self, path, fh=None):
        if path == "/.cut":
            self.write_back()
            os._exit(0)
        global fault
        if path == "/.well":
            fault = 0
        elif path.startswith("/.E"):
            fault = getattr(errno, path[2:])
        if path in self.folders:
            return {"st_mode": stat.S_IFDIR | self.folders[path], "st_nlink": 2, "st_uid": os.getuid(), "st_gid": os.getgid()}
        node = self.node(path)
        size = len(node.data)
        return {
            "st_mode": stat.S_IFREG | node.mode,
            "st_nlink": 1,
            "st_size": size,
            "st_blocks": (size + 511) // 512,
            "st_mtime": node.time,
            "st_ctime": node.time,
            "st_atime": node.time,
            "st_uid": os.getuid(),
            "st_gid": os.getgid(),
        }

    def readdir(self, path, fh):
        prefix = path.rstrip("/") + "/"
        inside = [n for n in [*self.folders, *self.names] if n != "/" and n.startswith(prefix)]
        return [".", "..", *{n[len(prefix) :] for n in inside if "/" not in n[len(prefix) :]}]

    def create(self, path, mode, fi=None):
        take()
        self.names[path] = Node(mode=stat.S_IMODE(mode))
        return 0

    def open(self, path, flags):
        self.node(path)
        return 0

    def read(self, path, size, offset, fh):
        return bytes(self.node(path).data[offset : offset + size])

    def write(self, path, data, offset, fh):
        take()
        node = self.node(path)
        end = offset + len(data)
        if offset > len(node.data):
            node.data.extend(b"\0" * (offset - len(node.data)))
        node.data[offset:end] = data
        node.touch(offset, end)
        return len(data)

    def truncate(self, path, length, fh=None):
        take()
        node = self.node(path)
        before = len(node.data)
        if length < before:
            del node.data[length:]
        else:
            node.data.extend(b"\0" * (length - before))
        node.touch(min(length, before), max(length, before))

    def fsync(self, path, datasync, fh):
        take()
        self.node(path).sync()
        self.names_kept = dict(self.names)

    def fsyncdir(self, path, datasync, fh):
        self.names_kept = dict(self.names)

    def mkdir(self, path, mode):
        self.folders[path] = stat.S_IMODE(mode)

    def rmdir(self, path):
        self.folders.pop(path, None)

    def unlink(self, path):
        self.node(path)
        del self.names[path]

    def rename(self, old, new):
        self.names[new] = self.node(old)
        del self.names[old]

    def chmod(self, path, mode):
        if path in self.folders:
            self.folders[path] = stat.S_IMODE(mode)
        else:
            self.node(path).mode = stat.S_IMODE(mode)

    def chown(self, path, uid, gid):
        pass

    def utimens(self, path, times=None):
        pass

    def statfs(self, path):
        return {"f_bsize": 4096, "f_frsize": 4096, "f_blocks": 1 << 20, "f_bfree": 1 << 19, "f_bavail": 1 << 19, "f_namemax": 255}

    def flush(self, path, fh):
        return 0

    def release(self, path, fh):
        return 0


print("mounted", flush=True)
mfusepy.FUSE(Lossy(), MOUNT, foreground=True, nothreads=True)
