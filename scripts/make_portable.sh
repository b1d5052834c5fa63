#!/usr/bin/env bash
# Makes a .tar.xz of the program with its libraries, which runs wherever it is unpacked:
#   scripts/make_portable.sh [OUTPUT FOLDER]      build/release by default
# Left to the system are those that every desktop has and that belong to its drivers: glibc and the compiler's libraries, X11, EGL,
# fontconfig with expat. It needs no newer glibc than the newest symbol that is printed at the end.
set -euo pipefail
root=$(dirname "$(dirname "$(readlink -f "$0")")")
source "$root/scripts/setup.sh"
tree=$root/build/release
out=$(mkdir -p "${1:-$tree}" && readlink -f "${1:-$tree}")
configured release || configure release
build release convloom convloom_portable

version=$("$tree/convloom" --version | sed -n '1s/convloom //p')
name=convloom-$version-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage=$work/$name
quietly "$tree/portable.log" cmake --install "$tree" --prefix "$stage" --strip
install -s -m 755 "$tree/portable/bin/convloom" "$stage/bin/convloom"

of_every_desktop='^(ld-linux.*|lib(c|m|dl|rt|pthread|stdc\+\+|gcc_s|EGL|GL|GLX|GLdispatch|OpenGL|X11|Xext|Xrender|Xau|Xdmcp|xcb|xcb-.*|bsd|md|fontconfig|expat))\.so'
folder=$stage/lib/convloom notices=$stage/share/doc/convloom/libraries
mkdir -p "$folder" "$notices"
ldd "$tree/portable/bin/convloom" | awk '$3 ~ /^\// {print $1, $3}' | while read -r soname file; do
    if [[ $soname =~ $of_every_desktop ]]; then continue; fi
    install -m 644 "$(readlink -f "$file")" "$folder/$soname"
    # Under whose terms it is.
    file=$(readlink -f "$file")   # in /usr or, by its package's older name, not
    package=$({ dpkg-query -S "$file" || dpkg-query -S "${file#/usr}"; } 2>/dev/null | cut -d: -f1 | head -1 || true)
    if [[ -n $package && -e /usr/share/doc/$package/copyright ]]; then cp "/usr/share/doc/$package/copyright" "$notices/$package"; fi
done
cat >"$stage/README" <<END
Convloom $version

    bin/convloom              opens the window
    bin/convloom --help       what it does without one

It runs wherever this folder is, on a desktop of 2022 or later. lib/convloom has the libraries that it uses, with their terms in
share/doc/convloom/libraries; each can be replaced by another version. To have it in the desktop's menu, for one user:

    cp -r bin lib share ~/.local/      with ~/.local/bin on the PATH
END
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$work" -cJf "$out/$name.tar.xz" "$name"
newest() { objdump -T "$stage/bin/convloom" "$folder"/* | grep -o "$1[0-9.]*" | sort -Vu | tail -1; }
say "$out/$name.tar.xz: $(stat -c %s "$out/$name.tar.xz" | numfmt --to=si)B, $(ls "$folder" | wc -l) libraries; needs $(newest GLIBC_) and $(newest GLIBCXX_)."
