#!/usr/bin/env bash
# convloom filter and export --photo: the arguments they accept, and their messages for those they refuse.
set -euo pipefail

fail() { echo "FAILED: $*" >&2; exit 1; }
same() { cmp "$1" "$2" || fail "$3"; }

# refused "part of the sentence" words...: one sentence, and no file is written.
refused() {
    local says=$1
    shift
    if "$CONVLOOM" "$@" -o refused.png >out.txt 2>err.txt; then fail "$* was taken"; fi
    [[ $(wc -l <err.txt) -eq 1 && ! -s out.txt ]] || fail "$* did not say one line: $(cat err.txt)"
    grep -qF -- "$says" err.txt || fail "$* said: $(cat err.txt)"
    [[ ! -e refused.png ]] || fail "$* wrote a file"
}

convert -size 24x16 gradient:red-blue photo.png
filter() { "$CONVLOOM" filter photo.png "$@"; }

# The same in other words.
filter --filter gaussian:sigma=0.5 -o a.png
filter --filter "Gaussian Blur:sigma=.5" -o b.png
same a.png b.png "a name and a number in other words"
filter --kernel "1 1 1; 1 1 1; 1 1 1 / 9" --gain 0.5 --offset -0.25 --stride 2 -o a.png
filter --kernel "1/9 1/9 1/9; 1/9 1/9 1/9; 1/9 1/9 1/9" --gain 1/2 --offset −.25 --stride 2. -o b.png
same a.png b.png "numbers of flags and kernels in other words"
filter --kernel "1 2" --flip -o a.png
filter --kernel "2 1" -o b.png
same a.png b.png "a table of one row turned"
filter --kernel "1;2;3;4" --flip --origin 2,0 -o a.png
filter --kernel "4;3;2;1" --origin 1,0 -o b.png
same a.png b.png "an origin turns with its table"
filter --filter sobel-x -o a.png
filter --filter sobel-x --shown-as absolute -o b.png
same a.png b.png "edges lose no side"
filter --filter sobel-x -o a.npy
filter --filter sobel-x --shown-as clamped -o b.npy
same a.npy b.npy "NumPy is given the numbers themselves"

# Transparent green beside red.
convert -size 1x1 xc:'rgba(0,255,0,0)' \( -size 1x1 xc:red \) +append PNG32:holes.png
"$CONVLOOM" filter holes.png --kernel "0.5 0.5" -o a.png
[[ $(convert a.png -depth 8 RGBA:- | od -An -tu1 | tr -s ' ') == " 255 0 0 128 255 0 0 128" ]] || fail "alpha does not weigh"
"$CONVLOOM" filter holes.png --kernel "0.5 0.5" --straight-alpha -o a.png
[[ $(convert a.png -depth 8 RGBA:- | od -An -tu1 | tr -s ' ') == " 128 128 0 0 128 128 0 255" ]] || fail "straight alpha weighs"

# Exported photos accept kernels and padding modes too, in order.
export_photo() { "$CONVLOOM" export --photo photo.png --size 480x270 "$@" >/dev/null; }
export_photo --kernel "0 -1 0; -1 5 -1; 0 -1 0" --filter box --padding-mode circular -o a.png
export_photo --kernel "0 -1 0; −1 5. -1; 0 -1 0" --filter mean:padding-mode=circular --padding-mode circular -o b.png
same a.png b.png "an exported photo's kernel in other words"
export_photo --filter box --kernel "0 -1 0; -1 5 -1; 0 -1 0" -o b.svg
export_photo --kernel "0 -1 0; -1 5 -1; 0 -1 0" --filter box -o a.svg
! cmp -s a.svg b.svg || fail "the order of filters and kernels does not matter"

refused "“median” is not a convolution: it sorts the pixels" filter photo.png --filter median:size=5
refused "the nearest is “average-pooling”" filter photo.png --filter avg-poling
refused "There is no filter “nosuch”; \`convloom filter --list\` shows all." filter photo.png --filter nosuch
refused "gaussian's sigma is given twice." filter photo.png --filter gaussian:sigma=1,sigma=2
refused "--gain is “half”, which is not a number." filter photo.png --filter box --gain half
refused "--stride is 1.5; it must be a whole number." filter photo.png --filter box --stride 1.5
refused "The origin (0, 2) does not lie in a kernel of 1×2" filter photo.png --kernel "1 2" --origin 0,2
refused "for filters of one kernel" filter photo.png --filter sobel --origin 0,0
refused "needs a kernel of 1501×1501" filter photo.png --filter dog:sigma=50,ratio=5
refused "can be one weight or divide all of them" filter photo.png --kernel "1 2 1/4"
refused "A kernel of 121×121 is too large to step through" export --photo photo.png --filter gaussian:sigma=20 --look step
refused "--padding-mode mirrored" export --photo photo.png --kernel "1 2" --padding-mode mirrored
refused "--kernel is 2, but the layer's weight is 1×1×3×3" export --preset dilation --steps 0 --kernel "1 2"
refused "--padding-mode goes with --kernel and --input" export --preset dilation --steps 0 --padding-mode zeros
"$CONVLOOM" filter --list | grep >/dev/null 'also: .*gauss' || fail "the list does not name what filters are called too"
