import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";

/** Folders with more entries hold data, not a project's modules. */
const MAX_ENTRIES = 5000;
/** Packages nested deeper than this have no name of interest. */
const MAX_DEPTH = 64;

/** The modules and packages that folders hold, by the names under which they are imported. */
export function modulesIn(folders: string[]): string[] {
  const names = new Set(folders.flatMap(listModules));
  return [...names].filter((name) => !STANDARD_LIBRARY.has(name)).sort();
}

function listModules(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    if (entries.length > MAX_ENTRIES) return [];
    return entries.map((entry) => entry.isDirectory() ? entry.name : moduleName(entry.name))
      .filter((name) => /^[A-Za-z_]\w*$/.test(name));
  } catch {
    return []; // no such folder, such as `src` in most projects
  }
}

function moduleName(fileName: string): string {
  return fileName.endsWith(".py") ? fileName.slice(0, -".py".length) : "";
}

/**
 * The outermost package that a folder belongs to: `app` for `app/models/`; undefined for none.
 *
 * @param isPackage Whether a folder has an `__init__.py`
 */
export function packageOf(
  folder: string,
  isPackage: (folder: string) => boolean,
): string | undefined {
  let outermost: string | undefined;
  for (let depth = 0; depth < MAX_DEPTH && isPackage(folder); depth++) {
    outermost = basename(folder);
    folder = dirname(folder);
  }
  return outermost && /^[A-Za-z_]\w*$/.test(outermost) && !STANDARD_LIBRARY.has(outermost)
    ? outermost
    : undefined;
}

/** Python's own modules, up to 3.14: they stay so, whatever a project's folders are called. */
const STANDARD_LIBRARY = new Set(
  `annotationlib abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop
  base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs
  codeop collections colorsys compileall compression concurrent configparser contextlib contextvars
  copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils
  doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch
  fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib
  heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json
  keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap
  modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode
  operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib
  poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat
  queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors
  shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile
  sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys
  sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap this threading time
  timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types
  typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound
  wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo`.split(/\s+/),
);
