#!/usr/bin/env bash
# Creates the README's pictures with the program itself, in docs/pictures. Needs build/release/convloom and, for the
# picture of the window, Xvfb, xdotool and ImageMagick.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
convloom=$PWD/build/release/convloom
to=$PWD/docs/pictures
mkdir -p "$to"

"$convloom" export --preset numerical_padding_strides --steps 4 --size 960x540 -o "$to/flat.png"
"$convloom" export --preset same_padding_no_strides --steps 6 --size 960x540 -o "$to/stacked.png"
"$convloom" export --preset dilation --steps 4 --theme conv_arithmetic --no-labels -o "$to/dilation.svg"
"$convloom" export --state assets/examples/lighthouse.convloom.json --size 960x540 -o "$to/photo.png"
photo=assets/images/lighthouse.jpg
"$convloom" export --photo "$photo" --filter unsharp:sigma=3,amount=3 --look wipe --size 960x540 -o "$to/photo_wipe.png"
"$convloom" export --photo assets/images/test_chart.png --filter log:sigma=2 --size 960x540 -o "$to/photo_signed.png"
"$convloom" export --photo "$photo" --filter sobel-x --part 10x7+238+190 --size 960x540 -o "$to/photo_numbers.png"
frames=$(mktemp -d)
"$convloom" export --photo "$photo" --filter sharpen --look step --steps 143037 --taps --size 960x540 -o "$frames/%d.png"
mv "$frames/5.png" "$to/photo_step.png"
rm -r "$frames"

"$convloom" export --preset kind_2d_channels --steps 4 --size 960x540 -o "$to/volume.png"
"$convloom" export --preset kind_3d --steps 13 --size 960x540 -o "$to/block.png"
"$convloom" export --preset numerical_padding_strides --view stacked --numbers --value-colors --steps 4 --size 960x540 -o "$to/values.png"
"$convloom" export --preset kind_1d --steps 3 --size 960x540 -o "$to/signal.png"
"$convloom" export --preset kind_depthwise_separable --layer 2 --steps 7 --size 960x540 -o "$to/chain.png"
"$convloom" export --preset padding_strides_odd_transposed --view flat --steps 9 --size 960x540 -o "$to/transposed.png"
"$convloom" export --preset more_padding_modes --view borders --steps 8 --size 960x540 -o "$to/borders.png"
"$convloom" export --preset same_padding_no_strides --size 640x360 --fps 2 -o "$to/same_padding.gif"

slides=$(mktemp -d)
for language in en zh-CN; do "$convloom" tour --export "$slides/$language" --format png --size 960x540 --language "$language"; done
for page in dilated channels; do
    number=$([[ $page == dilated ]] && echo 13_dilated || echo 09_two_dimensions)
    cp "$slides/en/$number.png" "$to/tour_$page.png"
    cp "$slides/zh-CN/$number.png" "$to/tour_${page}_zh.png"
done
rm -r "$slides"

"$convloom" export --all docs/gallery --size 480x270 --fps 2

# The window at a tap, with the sum of the step on the right.
state=$(mktemp -d)
XDG_STATE_HOME=$state CONVLOOM_PLACES=$state/places xvfb-run -a -s "-screen 0 1600x1000x24" bash -c '
    LIBGL_ALWAYS_SOFTWARE=1 "$0" & window=$!
    id=$(xdotool search --sync --onlyvisible --pid $window | head -1)
    xdotool windowsize --sync "$id" 1440 810 mousemove --window "$id" 5 5 windowfocus "$id" sleep 1
    xdotool key space key Home key Right key Right key Right key Right
    xdotool key shift+Right key shift+Right key shift+Right key shift+Right key shift+Right sleep 0.5
    xdotool mousemove --window "$id" $(python3 -c "
import json, os
x, y, width, height = json.load(open(os.environ[\"CONVLOOM_PLACES\"]))[\"tab 3\"]
print(x + width / 2, y + height / 2)") sleep 0.2 click 1 sleep 0.2 mousemove --window "$id" 5 5 sleep 2
    import -window "$id" "$1"
    kill $window
' "$convloom" "$to/window.png"
rm -r "$state"

# The digits' network: as a picture, its maps for a digit, and the window in which one draws.
"$convloom" export digits -o "$to/network.png" --size 960x540
digit=$(mktemp -d)
convert -size 280x280 xc:white -font "$(fc-match -f '%{file}' 'Open Sans:semibold')" -pointsize 250 -gravity center -annotate 0 5 "$digit/5.png"
"$convloom" export digits:conv2 --photo "$digit/5.png" --view maps --size 960x540 -o "$to/maps.png"
rm -r "$digit"
state=$(mktemp -d)
XDG_STATE_HOME=$state CONVLOOM_PLACES=$state/places xvfb-run -a -s "-screen 0 1600x1000x24" bash -c '
    LIBGL_ALWAYS_SOFTWARE=1 "$0" open digits & window=$!
    id=$(xdotool search --sync --onlyvisible --pid $window | head -1)
    xdotool windowsize --sync "$id" 1440 810 mousemove --window "$id" 5 5 windowfocus "$id" sleep 1
    xdotool key i sleep 1
    import -window "$id" "$1"
    kill $window
' "$convloom" "$to/digits.png"
rm -r "$state"
