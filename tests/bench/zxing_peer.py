"""Reads pictures with zxing-cpp: file paths on standard input, one JSON line each on standard output.

`ms` is the reading alone: decoded grey pixels to text. Each picture is read `--repeat` times (3), the
fastest counts. `--formats` is a list such as `Code128,QRCode`.
"""

import argparse
import json
import sys
import time

import numpy
import zxingcpp
from PIL import Image


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--formats", default="Code128,Codabar,ITF,QRCode")
    given = arguments.parse_args()
    formats = zxingcpp.barcode_formats_from_str(given.formats.replace(",", "|"))
    for path in sys.stdin.read().splitlines():
        grey = numpy.asarray(Image.open(path).convert("L"))
        fastest = None
        for _ in range(given.repeat):
            begin = time.perf_counter()
            found = zxingcpp.read_barcodes(grey, formats=formats)
            taken = (time.perf_counter() - begin) * 1000.0
            fastest = taken if fastest is None else min(fastest, taken)
        first = found[0] if found else None
        line = {
            "file": path,
            "text": first.text if first else None,
            "format": str(first.format) if first else None,
            "ms": fastest,
        }
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
