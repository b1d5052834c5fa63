#!/usr/bin/env bash
# Installs the .deb in an empty Debian, uses it there as a user would, and purges it. Run as root:
#   scripts/try_package.sh build/release/convloom_0.1.0_amd64.deb [bookworm|trixie] [mirror]
set -euo pipefail
if [[ $(id -u) -ne 0 || $# -lt 1 ]]; then
    echo "usage, as root: try_package.sh PACKAGE.deb [RELEASE] [MIRROR]" >&2
    exit 2
fi
package=$(readlink -f "$1") release=${2:-bookworm} mirror=${3:-http://deb.debian.org/debian}
root=$(mktemp -d)
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf "$root"' EXIT

started=$SECONDS
debootstrap --variant=minbase "$release" "$root" "$mirror" >/dev/null
echo "An empty Debian $release in $((SECONDS - started)) s."
# The proxies and keys of apt here serve it there too.
cp -a /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
mount -t proc proc "$root/proc"
cp "$package" "$root/tmp/convloom.deb"
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

started=$SECONDS
inside apt-get -q update >/dev/null
inside apt-get -q -y install --no-install-recommends /tmp/convloom.deb libgl1-mesa-dri xvfb xauth xdotool >/dev/null
echo "Installed with what it depends on in $((SECONDS - started)) s."
inside convloom --version
inside convloom export --preset dilation --view flat -o /tmp/dilation.pptx
inside convloom export --preset kind_2d_channels --view volume -o /tmp/channels.gif
inside convloom filter --list >/dev/null
# The command of the desktop entry, as a desktop starts it: the window appears under its title.
entry=$(inside grep -h '^Exec=' /usr/share/applications/org.convloom.Convloom.desktop)
command=${entry#Exec=}
inside xvfb-run -a bash -c "${command%\%f} & xdotool search --sync --name Convloom getwindowname; kill %1; wait" 2>/dev/null |
    grep Convloom
inside apt-get -q -y purge convloom >/dev/null
left=$(inside find /usr /etc /var/lib -name '*onvloom*' -not -path '/var/lib/dpkg/*' -not -path '/var/lib/apt/*')
if [[ -n $left ]]; then
    echo "Left behind by the purge: $left" >&2
    exit 1
fi
echo "Purged; nothing is left."
