"""Reads pictures with another reader: file paths on standard input, one JSON line each on standard output.

`ms` is the reading alone, in this one process: grey pixels in memory to text. Each picture is read `--repeat`
times (3), the fastest counts. `--peer` says who reads:

- `zxing-cpp`: the Python wheel of that name. Its own standard settings (turns, smaller copies, inverted).
- `zbar`: the library libzbar.so.0, through ctypes. Its own standard settings.
- `tesseract`: the library libtesseract.so.5, through ctypes; one line of text (`--psm 7`) or the whole picture
  (`--psm 11`), digits and capitals alone. One thread: OpenMP would use all cores.

`--formats` is a list of Kenban's words for symbologies. Exit status 3: the peer can't be had here.
"""

import argparse
import ctypes
import json
import os
import sys
import time

# Before the library is loaded, which reads it then.
os.environ["OMP_THREAD_LIMIT"] = "1"

ZXING = {
    "codabar": "Codabar",
    "code128": "Code128",
    "code39": "Code39",
    "datamatrix": "DataMatrix",
    "ean13": "EAN13",
    "ean8": "EAN8",
    "itf": "ITF",
    "qrcode": "QRCode",
}
# zbar_symbol_type_t; it has no Data Matrix.
ZBAR = {
    "codabar": 38,
    "code128": 128,
    "code39": 39,
    "ean13": 13,
    "ean8": 8,
    "itf": 25,
    "qrcode": 64,
}
CAPITALS_AND_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"


class Missing(Exception):
    """The peer isn't on this machine, or can't do what is asked."""


def zxing(given):
    try:
        import zxingcpp
    except ImportError as error:
        raise Missing("python3 without the wheel zxing-cpp") from error
    names = "|".join(ZXING[word] for word in given.formats.split(","))
    formats = zxingcpp.barcode_formats_from_str(names)

    def read(grey):
        found = zxingcpp.read_barcodes(grey, formats=formats)
        return [one.text for one in found]

    return read


def library(name):
    try:
        return ctypes.CDLL(name)
    except OSError as error:
        raise Missing(f"{name} is not installed") from error


def zbar(given):
    words = given.formats.split(",")
    if not all(word in ZBAR for word in words):
        raise Missing("zbar doesn't know all of these symbologies")
    lib = library("libzbar.so.0")
    pointer = ctypes.c_void_p
    for name in ["zbar_image_scanner_create", "zbar_image_create", "zbar_image_first_symbol", "zbar_symbol_next"]:
        getattr(lib, name).restype = pointer
    lib.zbar_symbol_get_data.restype = ctypes.c_char_p
    scanner = pointer(lib.zbar_image_scanner_create())
    # Configuration 0 is "enabled", symbology 0 is all of them.
    lib.zbar_image_scanner_set_config(scanner, 0, 0, 0)
    for word in words:
        lib.zbar_image_scanner_set_config(scanner, ZBAR[word], 0, 1)
    y800 = int.from_bytes(b"Y800", "little")

    def read(grey):
        height, width = grey.shape
        image = pointer(lib.zbar_image_create())
        lib.zbar_image_set_format(image, ctypes.c_ulong(y800))
        lib.zbar_image_set_size(image, width, height)
        lib.zbar_image_set_data(image, grey.ctypes.data_as(pointer), ctypes.c_ulong(grey.size), None)
        lib.zbar_scan_image(scanner, image)
        texts = []
        symbol = lib.zbar_image_first_symbol(image)
        while symbol:
            texts.append(lib.zbar_symbol_get_data(pointer(symbol)).decode("utf-8", "replace"))
            symbol = lib.zbar_symbol_next(pointer(symbol))
        lib.zbar_image_destroy(image)
        return texts

    return read


def tesseract(given):
    lib = library("libtesseract.so.5")
    lib.TessBaseAPICreate.restype = ctypes.c_void_p
    lib.TessBaseAPIGetUTF8Text.restype = ctypes.c_void_p
    api = ctypes.c_void_p(lib.TessBaseAPICreate())
    if lib.TessBaseAPIInit3(api, None, b"eng") != 0:
        raise Missing("tesseract has no data for eng")
    lib.TessBaseAPISetVariable(api, b"debug_file", b"/dev/null")
    lib.TessBaseAPISetVariable(api, b"tessedit_char_whitelist", CAPITALS_AND_DIGITS)
    lib.TessBaseAPISetPageSegMode(api, given.psm)

    def read(grey):
        height, width = grey.shape
        pixels = grey.ctypes.data_as(ctypes.c_void_p)
        lib.TessBaseAPISetImage(api, pixels, width, height, 1, width)
        lib.TessBaseAPISetSourceResolution(api, 200)
        text = lib.TessBaseAPIGetUTF8Text(api)
        if not text:
            return []
        lines = ctypes.string_at(text).decode("utf-8", "replace").splitlines()
        lib.TessDeleteText(ctypes.c_void_p(text))
        return [line.strip() for line in lines if line.strip()]

    return read


PEERS = {"zxing-cpp": zxing, "zbar": zbar, "tesseract": tesseract}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--peer", choices=sorted(PEERS), required=True)
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--formats", default="code128,codabar,itf,qrcode")
    arguments.add_argument("--psm", type=int, default=7)
    given = arguments.parse_args()
    try:
        import numpy
        from PIL import Image
    except ImportError:
        print("python3 without the wheels numpy and pillow", file=sys.stderr)
        return 3
    try:
        read = PEERS[given.peer](given)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 3
    for path in sys.stdin.read().splitlines():
        grey = numpy.ascontiguousarray(Image.open(path).convert("L"))
        fastest, texts = None, []
        for _ in range(given.repeat):
            begin = time.perf_counter()
            texts = read(grey)
            taken = (time.perf_counter() - begin) * 1000.0
            fastest = taken if fastest is None else min(fastest, taken)
        print(json.dumps({"file": path, "texts": texts, "ms": fastest}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
