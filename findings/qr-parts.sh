#!/bin/sh
# A QR code can be one part of a whole ("structured append", ISO/IEC 18004 section 8): its head says "part 1 of 2".
#
# zxing-cpp 3.1.1 (wheel of PyPI): each part's text comes as a valid result of its own; nothing in the Python result says that it
#   is a part (no field, nothing in `extra`), and both parts in one picture are not joined.
# zbar 0.23.92 (Debian 12, libzbar0, through its C interface): the first part alone comes with the type 1, ZBAR_PARTIAL,
#   not 64, ZBAR_QRCODE; the second part alone gives nothing at all; both in one picture are joined into one text.
#
# So a voucher that carries one part passes with half a number, unless the reader looks at the head itself.
#
# Needs python3 with venv, and libzbar0.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check zxing-cpp==3.1.1 segno==1.6.6 numpy==2.4.6 pillow==13.0.0
"$work/venv/bin/python" - <<'PYTHON'
import ctypes
import io
import sys

import numpy
import segno
import zxingcpp
from PIL import Image

WHOLE = "D2158028226-20261130XX"


def pixels(code):
    file = io.BytesIO()
    code.save(file, kind="png", scale=6, border=4)
    return numpy.array(Image.open(file).convert("L"))


def zbar(grey):
    lib, pointer = ctypes.CDLL("libzbar.so.0"), ctypes.c_void_p
    for name in ["image_scanner_create", "image_create", "image_first_symbol", "symbol_next"]:
        getattr(lib, "zbar_" + name).restype = pointer
    lib.zbar_symbol_get_data.restype = ctypes.c_char_p
    scanner, image = pointer(lib.zbar_image_scanner_create()), pointer(lib.zbar_image_create())
    grey = numpy.ascontiguousarray(grey)
    height, width = grey.shape
    lib.zbar_image_set_format(image, ctypes.c_ulong(int.from_bytes(b"Y800", "little")))
    lib.zbar_image_set_size(image, width, height)
    lib.zbar_image_set_data(image, grey.ctypes.data_as(pointer), ctypes.c_ulong(grey.size), None)
    lib.zbar_scan_image(scanner, image)
    found, symbol = [], lib.zbar_image_first_symbol(image)
    while symbol:
        text = lib.zbar_symbol_get_data(pointer(symbol)).decode()
        found.append((lib.zbar_symbol_get_type(pointer(symbol)), text))
        symbol = lib.zbar_symbol_next(pointer(symbol))
    return found


one, two = (pixels(part) for part in segno.make_sequence(WHOLE, symbol_count=2))
side_by_side = numpy.hstack([one, two])
seen = {}
for name, picture in [("first", one), ("second", two), ("both", side_by_side)]:
    results = zxingcpp.read_barcodes(picture)
    seen[name] = [(it.text, it.valid, it.symbology_identifier) for it in results], zbar(picture)
    print(f"{name:7} zxing-cpp {seen[name][0]}  zbar {seen[name][1]}")
told = [it for result in zxingcpp.read_barcodes(one) for it in [*dir(result), *result.extra] if "equence" in it]
print("what zxing-cpp's result has of a sequence:", told)
expected = {
    "first": ([("D2158028226", True, "]Q1")], [(1, "D2158028226")]),
    "second": ([("-20261130XX", True, "]Q1")], []),
    "both": ([("D2158028226", True, "]Q1"), ("-20261130XX", True, "]Q1")], [(64, WHOLE)]),
}
if seen != expected or told:
    sys.exit("CHANGED: not what the head of this script says")
print("as the head of this script says")
PYTHON
