#!/usr/bin/env bash
# Without the window none of the window's packages is needed: the headless preset configures where pkg-config knows none
# of them, does not search for the others, and the build read none of their headers.
set -euo pipefail

fail() { echo "FAILED: $*" >&2; exit 1; }
source_root=$(dirname "$TESTS_DIR")
tree=$(dirname "$CONVLOOM")

# A pkg-config without the window's modules, which records requests for them.
mkdir bin
cat >bin/pkg-config <<END
#!/usr/bin/env bash
if [[ " \$* " =~ [[:space:]\']?(imgui|glfw3|egl|gl|x11|glad)[[:space:]\'] ]]; then
    echo "\$*" >>"$PWD/asked.txt"
    exit 1
fi
exec "$(command -v pkg-config)" "\$@"
END
chmod +x bin/pkg-config

configured() { cmake -S "$source_root" --preset "$1" -B "$1" -DPKG_CONFIG_EXECUTABLE="$PWD/bin/pkg-config" >"$1.txt" 2>&1; }

configured headless || fail "the headless preset does not configure: $(cat headless.txt)"
[[ ! -e asked.txt ]] || fail "the headless preset asks for $(cat asked.txt)"
looked_for=$(grep -iE '^[^/#]*(imgui|glfw|egl|glad|opengl)[^:=]*:' headless/CMakeCache.txt || true)
[[ -z $looked_for ]] || fail "the headless preset looks for $looked_for"
# To check the test itself: with the window, configuring with this pkg-config must fail.
! configured release || fail "the release preset configures without the window's packages"
[[ -e asked.txt ]] || fail "the release preset failed for another reason: $(cat release.txt)"

# The tree this test runs in has no window either.
read_headers=$(ninja -C "$tree" -t deps | grep -iE '/(imgui|GLFW|EGL|GL|GLES[23]?|KHR|X11|glad)/' | sort -u || true)
[[ -z $read_headers ]] || fail "the build without a window reads $read_headers"
linked=$(readelf -d "$CONVLOOM" | grep -E 'NEEDED.*lib(GL|EGL|glfw|X11|OpenGL|imgui)' || true)
[[ -z $linked ]] || fail "the program without a window links $linked"
