#!/bin/sh
# Brings what Kenban needs to be built and run: a C compiler (SQLite is built in), libclang for the
# camera's bindings, git, fonts, what a window needs of X and OpenGL, and what the window's tests use.
# Silent where all of it is there.
#
#   packaging/setup.sh            installs what is missing (Debian 12 and its relatives)
#   packaging/setup.sh --check    only says what is missing; status 1 if anything is
set -eu

cd "$(dirname "$0")/.."

only_check=no
case "${1-}" in
'') ;;
--check) only_check=yes ;;
*)
    echo "setup: usage: packaging/setup.sh [--check]" >&2
    exit 2
    ;;
esac

say() { echo "setup: $*" >&2; }
fail() {
    say "$*"
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# Package, and why it is wanted.
wanted='gcc|the C compiler that builds SQLite
libc6-dev|the C headers that it needs
make|the short commands of the Makefile
libclang1-14|bindings of the camera are made with it
git|the tests that look at what is under version control
ca-certificates|so that cargo can fetch crates
fonts-dejavu-core|numbers on the vouchers of the demo
fonts-ocr-b|numbers in OCR-B on the vouchers of the demo
fonts-noto-cjk|Japanese in the window and on the vouchers of the demo
libx11-6|the window
libx11-xcb1|the window
libxcursor1|the window
libxi6|the window
libxkbcommon-x11-0|the keyboard in the window
libgl1|OpenGL for the window
libegl1|OpenGL for the window
libfontconfig1|finding the fonts
alsa-utils|the sounds
mesa-vulkan-drivers|screens drawn to PNG without a display
xvfb|the tests of the real window
xdotool|the tests of the real window
x11-xkb-utils|the tests of the real window, with a Japanese keyboard
dbus-daemon|the tests of the real window, with a Japanese input method
fcitx5|the tests of the real window, with a Japanese input method
fcitx5-anthy|the tests of the real window, with a Japanese input method'

installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

# Whether apt knows a version of every package named.
known() {
    for package in "$@"; do
        apt-cache show --no-all-versions "$package" >/dev/null 2>&1 || return 1
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        # Nobody is there to type a password.
        sudo -n "$@"
    fi
}

log=''
trap '[ -z "$log" ] || rm -f "$log"' EXIT

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@" \
        >>"$log" 2>&1 </dev/null
}

install_missing() {
    if [ "$(id -u)" != 0 ] && ! has sudo; then
        say "not root and no sudo; as root:  apt-get install --no-install-recommends $*"
        return 1
    fi
    log=$(mktemp)
    fresh=no
    if ! known "$@"; then
        say "fetching the package lists"
        apt update || true
        fresh=yes
    fi
    say "installing $*"
    apt install -y --no-install-recommends "$@" && return 0
    if [ "$fresh" = no ]; then
        say "that failed; once more with fresh package lists"
        apt update || true
        apt install -y --no-install-recommends "$@" && return 0
    fi
    say "apt-get could not install all of it; its last words were:"
    tail -n 5 "$log" >&2
    return 1
}

missing=''
if has dpkg-query && has apt-get; then
    lines=$(echo "$wanted" | while IFS='|' read -r package why; do
        installed "$package" || echo "$package|$why"
    done)
    missing=$(echo "$lines" | cut -d'|' -f1 | tr '\n' ' ' | sed 's/ *$//')
    if [ -n "$missing" ]; then
        say "missing on this machine:"
        echo "$lines" | sed 's/^\([^|]*\)|\(.*\)/setup:   \1: \2/' >&2
        if [ "$only_check" = no ]; then
            # Fonts or git that can't be had should not keep anyone from building.
            # shellcheck disable=SC2086 # one word a package
            install_missing $missing || say "going on with what is there"
        fi
    fi
else
    for tool in make git; do
        has "$tool" || missing="$missing $tool"
    done
    fonts=$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nowhere}/.local/share/fonts" \
        "${HOME:-/nowhere}/.fonts" \( -name '*.ttf' -o -name '*.ttc' -o -name '*.otf' \) \
        -print 2>/dev/null | head -n 1)
    [ -n "$fonts" ] || missing="$missing fonts(DejaVu,OCR-B,Noto-CJK)"
    if [ -n "$missing" ]; then
        say "there is no apt here, so please install yourself:$missing"
    fi
fi

# What nothing can be built without, however it came here.
complaint=''
if ! has cc && ! has gcc; then
    complaint="there is no C compiler (cc); install gcc and the C headers (Debian: gcc libc6-dev)"
elif ! echo '#include <stdio.h>' | "$(command -v cc || command -v gcc)" -E -x c - >/dev/null 2>&1; then
    complaint="the C compiler finds no stdio.h; install the C headers (Debian: libc6-dev)"
fi

# Rust comes from rustup, which an apt package of Debian 12 can't replace: its cargo is too old.
rust=$(sed -n 's/^rust-version *= *"\([0-9.]*\)".*/\1/p' Cargo.toml)
PATH=$PATH:${CARGO_HOME:-${HOME:-/nowhere}/.cargo}/bin
cargo=$(cargo --version 2>/dev/null | sed -n 's/^cargo \([0-9]*\.[0-9]*\).*/\1/p' || true)
newer() {
    [ "${1%%.*}" -gt "${2%%.*}" ] && return 0
    have=${1#*.} need=${2#*.}
    [ "${1%%.*}" -eq "${2%%.*}" ] && [ "${have%%.*}" -ge "${need%%.*}" ]
}
if [ -z "$complaint" ]; then
    if [ -z "$cargo" ]; then
        complaint="there is no working cargo; install Rust $rust or newer from https://rustup.rs"
    elif ! newer "$cargo" "$rust"; then
        complaint="cargo is $cargo and Kenban needs Rust $rust or newer: rustup update stable"
    fi
fi
[ -z "$complaint" ] || fail "$complaint"

# Only the tests want these, so their lack is told and no more.
tools=''
cargo fmt --version >/dev/null 2>&1 || tools="$tools rustfmt"
cargo clippy --version >/dev/null 2>&1 || tools="$tools clippy"
if [ -n "$tools" ]; then
    if [ "$only_check" = no ] && has rustup; then
        say "installing$tools, which the tests want"
        # shellcheck disable=SC2086 # one word a component
        rustup -q component add $tools >/dev/null 2>&1 ||
            say "that failed; make test and make check will not run without$tools"
    else
        missing="$missing$tools"
        say "make test and make check want:$tools (rustup component add$tools)"
    fi
fi

if [ "$only_check" = yes ] && [ -n "$missing" ]; then
    exit 1
fi
