#!/usr/bin/env bash
# Installs the .deb in an empty Debian, uses it there as a user would, and purges it; or unpacks the portable .tar.xz in one that has
# what every desktop has. Run as root:
#   scripts/try_package.sh build/release/convloom_0.1.0_amd64.deb [bookworm|trixie] [mirror]
#   scripts/try_package.sh build/release/convloom-0.1.0-x86_64.tar.xz [bookworm|trixie|sid] [mirror]
set -euo pipefail
if [[ $(id -u) -ne 0 || $# -lt 1 ]]; then
    echo "usage, as root: try_package.sh PACKAGE.deb|PORTABLE.tar.xz [RELEASE] [MIRROR]" >&2
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
case $package in
    *.deb)
        cp "$package" "$root/tmp/convloom.deb"
        needs=(/tmp/convloom.deb libgl1-mesa-dri)
        ;;
    *)
        mkdir "$root/opt/convloom"
        tar -xJf "$package" -C "$root/opt/convloom" --strip-components=1
        needs=(libegl1 libgl1 libgl1-mesa-dri libx11-6 libxext6 libxrender1 libxcb-render0 libxcb-shm0 libfontconfig1 libstdc++6)
        ;;
esac
inside() { chroot "$root" /usr/bin/env -i PATH=/opt/convloom/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

started=$SECONDS
inside apt-get -q update >/dev/null
inside apt-get -q -y install --no-install-recommends "${needs[@]}" xvfb xauth xdotool >/dev/null
echo "Installed with what it needs in $((SECONDS - started)) s."
inside convloom --version
inside convloom export --preset dilation --view flat -o /tmp/dilation.pptx
inside convloom export --preset kind_2d_channels --view volume -o /tmp/channels.gif
inside convloom filter --list >/dev/null
cp "$(dirname "$0")/../assets/images/lighthouse.jpg" "$(dirname "$0")/../tests/fuzz/corpus/image/heic_source_16.heic" "$root/tmp/"
inside convloom filter /tmp/lighthouse.jpg /tmp/heic_source_16.heic --filter sobel --format webp -o /tmp/filtered/
# The command of the desktop entry, as a desktop starts it: the window appears under its title.
entry=$(inside find /opt /usr/share -name org.convloom.Convloom.desktop -exec grep '^Exec=' {} +)
command=${entry#Exec=}
inside xvfb-run -a bash -c "${command%\%f} & xdotool search --sync --name Convloom getwindowname; kill %1; wait" 2>/dev/null |
    grep Convloom
if [[ $package != *.deb ]]; then exit; fi
inside apt-get -q -y purge convloom >/dev/null
left=$(inside find /usr /etc /var/lib -name '*onvloom*' -not -path '/var/lib/dpkg/*' -not -path '/var/lib/apt/*')
if [[ -n $left ]]; then
    echo "Left behind by the purge: $left" >&2
    exit 1
fi
echo "Purged; nothing is left."
