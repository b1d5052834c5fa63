#!/usr/bin/env bash
# Animations and pages: read by other programs and compared with the PNG frames; deterministic output; invalid input.
set -euo pipefail

fail() { echo "FAILED: $*" >&2; exit 1; }
export_() { "$CONVLOOM" export "$@" >said.txt || fail "export $*"; }
# The number of pixels that differ, and the mean squared error on a scale of 0..255.
different() { compare -metric AE "$1" "$2" null: 2>&1 || true; }

preset=(--preset same_padding_no_strides --size 480x270)
export_ "${preset[@]}" -o 'png_%02d.png'
for ending in gif apng webp pdf; do
    export_ "${preset[@]}" -o "a.$ending"
    export_ "${preset[@]}" -o "b.$ending"
    cmp "a.$ending" "b.$ending" || fail "$ending differs from run to run"
done

# lossless formats: the pixels of every frame
mkdir -p apng webp gif
ffmpeg -v error -i a.apng -fps_mode passthrough apng/%02d.png
convert a.webp -coalesce webp/%02d.png
ffmpeg -v error -i a.gif -fps_mode passthrough gif/%02d.png
for folder in apng webp gif; do
    [[ $(ls $folder | wc -l) -eq 25 ]] || fail "$folder has $(ls $folder | wc -l) frames"
done
for n in 00 07 24; do
    [[ $(different "png_$n.png" "$(ls apng/*.png | sed -n $((10#$n + 1))p)") == 0 ]] || fail "frame $n of the APNG"
    [[ $(different "png_$n.png" "$(ls webp/*.png | sed -n $((10#$n + 1))p)") == 0 ]] || fail "frame $n of the WebP"
    # smoothed edges have more than 256 colours, so the GIF is only close
    error=$(compare -metric MSE "png_$n.png" "$(ls gif/*.png | sed -n $((10#$n + 1))p)" null: 2>&1 | sed 's/.*(//; s/)//' || true)
    awk -v e="$error" 'BEGIN { exit !(e * 255 * 255 < 2) }' || fail "frame $n of the GIF is off by $error"
done
identify -format '%T ' a.gif | grep >/dev/null '^50 50 ' || fail "two frames a second are a delay of 50"

# the number of repetitions: forever by default, or as given
export_ --preset kind_2d --size 160x90 --steps 0..2 -o once.gif --loop 1
export_ --preset kind_2d --size 160x90 --steps 0..2 -o forever.gif --loop 0
for ending in gif apng webp; do export_ --preset kind_2d --size 160x90 --steps 0..2 -o "thrice.$ending" --loop 3; done
python3 - <<'END' || fail "the animations do not say how often they are shown"
def after(name, mark):
    data = open(name, "rb").read()
    at = data.find(mark)
    return None if at < 0 else data[at + len(mark):]
assert after("once.gif", b"NETSCAPE2.0") is None
assert after("forever.gif", b"NETSCAPE2.0")[2:4] == b"\0\0" and after("a.gif", b"NETSCAPE2.0")[2:4] == b"\0\0"
assert after("thrice.gif", b"NETSCAPE2.0")[2:4] == b"\2\0"   # two more times
assert after("thrice.apng", b"acTL")[:8] == b"\0\0\0\3\0\0\0\3" and after("a.apng", b"acTL")[4:8] == b"\0" * 4
assert after("thrice.webp", b"ANIM")[8:10] == b"\3\0" and after("a.webp", b"ANIM")[8:10] == b"\0\0"
END

# few colours: exact
export_ --preset kind_2d --no-labels --view stacked --theme print --size 64x36 --steps 0..3 -o few.gif --fps 4
export_ --preset kind_2d --no-labels --view stacked --theme print --size 64x36 --steps 3 -o few.png
colors=$(identify -format %k few.png)
if [[ $colors -le 256 ]]; then
    ffmpeg -v error -i few.gif -fps_mode passthrough few_%d.png
    [[ $(different few.png few_4.png) == 0 ]] || fail "a GIF of $colors colours is not exact"
fi

# PDF: one page per step, searchable text, and the same picture as the PNG
export_ --preset kind_2d --steps 4 --size 6x4in -o paper.svg
grep -q 'width="6in" height="4in"' paper.svg || fail "the SVG is $(grep -o 'width=.*viewBox' paper.svg)"
[[ $(pdfinfo a.pdf | sed -n 's/^Pages: *//p') == 25 ]] || fail "the PDF has no 25 pages"
pdftotext -f 8 -l 8 a.pdf - | grep >/dev/null 'step 8 of 25' || fail "the PDF's text cannot be found"
pdffonts a.pdf | grep >/dev/null 'OpenSans.*yes yes yes' || fail "the PDF's fonts are not embedded"
pdftoppm -f 8 -l 8 -r 48 -png a.pdf page
error=$(compare -metric MSE page-08.png png_07.png null: 2>&1 | sed 's/.*(//; s/)//' || true)
awk -v e="$error" 'BEGIN { exit !(e < 0.003) }' || fail "the PDF's page is off by $error"

# MP4, with ffmpeg and without
export_ "${preset[@]}" -o a.mp4
[[ $(ffprobe -v error -count_frames -show_entries stream=nb_read_frames,width,height -of csv=p=0 a.mp4) == 480,270,300 ]] || fail "the MP4 is not 25 frames of 12 pictures, 24 a second"

# Gliding: more frames, of which those at rest are the steps themselves
export_ "${preset[@]}" --smooth 30 -o smooth.mp4
[[ $(ffprobe -v error -count_frames -show_entries stream=nb_read_frames,r_frame_rate -of csv=p=0 smooth.mp4) == 30/1,375 ]] || fail "the gliding MP4 is not 375 frames, 30 a second"
export_ "${preset[@]}" --steps 0..2 --fps 5 --smooth 20 -o smooth.apng
ffmpeg -v error -y -i smooth.apng smooth_%02d.png
[[ $(ls smooth_??.png | wc -l) == 12 ]] || fail "three steps of four frames are $(ls smooth_??.png | wc -l)"
for at in 03:00 04:00 08:01 12:02; do
    [[ $(compare -metric AE "smooth_${at%:*}.png" "png_${at#*:}.png" null: 2>&1) == 0 ]] || fail "frame ${at%:*} is not step ${at#*:}"
done
for at in 05:00 05:01; do
    [[ $(compare -metric AE "smooth_${at%:*}.png" "png_${at#*:}.png" null: 2>&1) != 0 ]] || fail "frame ${at%:*} does not move"
done
cp a.mp4 before.mp4
if PATH=/nowhere "$CONVLOOM" export "${preset[@]}" -o a.mp4 2>err.txt; then fail "an MP4 without ffmpeg"; fi
grep -q 'install the package ffmpeg' err.txt || fail "said $(cat err.txt)"
cmp a.mp4 before.mp4 || fail "the old MP4 is gone"

# taps: 9 for each of 2 windows, and the windows themselves
export_ --preset kind_2d --steps 0..1 --taps --size 320x180 -o 'tap_%02d.png'
[[ $(ls tap_*.png | wc -l) -eq 20 ]] || fail "$(ls tap_*.png | wc -l) frames of taps"

# steps by themselves keep their numbers; a grid of steps is a page; standard output has the file's bytes
export_ --preset kind_2d --steps 0,2-3 --size 160x90 -o 'some_%02d.png'
[[ $(ls some_*.png | tr '\n' ' ') == "some_00.png some_02.png some_03.png " ]] || fail "steps 0,2-3 are $(ls some_*.png)"
cmp <("$CONVLOOM" export --preset kind_2d --steps 2 --size 160x90 -o - --format png) some_02.png || fail "-o - of a step"
export_ --preset dilation --grid 2x2 --caption 'Four steps & more.' -o grid.pdf
[[ $(pdfinfo grid.pdf | grep Pages) == *3 ]] || fail "9 steps in 2x2 are $(pdfinfo grid.pdf | grep Pages)"
pdftotext grid.pdf - | grep -q 'Four steps & more.' || fail "the caption is not in the grid"
cmp <("$CONVLOOM" export --preset dilation --grid 2x2 --caption 'Four steps & more.' -o - --format pdf) grid.pdf || fail "-o - of pages"
export_ --preset dilation --steps 4 --hide title,step --crop -o hidden.svg
! grep -q 'class="title"\|class="moment"' hidden.svg && grep -q 'class="parameters"' hidden.svg || fail "--hide title,step"

# layers as PyTorch code, a layer of a chain, a viewing direction
export_ 'nn.ConvTranspose2d(1, 1, 3, stride=2)' --input 1x3x3 --view stacked --steps 8 -o words.svg
grep -q 'nn.ConvTranspose2d(1, 1, 3, stride=2)' words.svg || fail "the words are not the title"
export_ 'nn.Conv2d(3, 8, 3); nn.ReLU(); nn.MaxPool2d(2)' --input 3x8x8 --layer 2 --steps 3 -o chain.svg
export_ --preset kind_3d --turn -20 --tilt 40 --steps 0 --size 480x270 -o turned.png

# a size on paper: a whole number of dots, recorded in the file; a PDF page of that size
export_ --preset kind_2d --steps 4 --size 16x9cm --dpi 300 -o paper.png
[[ $(identify -units PixelsPerInch -format '%wx%h %x' paper.png) == "1890x1063 300"* ]] || fail "on paper: $(identify -units PixelsPerInch -format '%wx%h %x' paper.png)"
export_ --preset kind_2d --steps 4 --size 6x4in -o paper.pdf
pdfinfo paper.pdf | grep >/dev/null 'Page size: *432 x 288' || fail "the page is $(pdfinfo paper.pdf | grep size)"
[[ $(pdfinfo a.pdf | sed -n "s/^Title: *//p") == "Half (same) padding, unit strides" ]] || fail "the PDF is called $(pdfinfo a.pdf | grep Title)"
# the movie is tagged with its colour space
[[ $(ffprobe -v error -show_entries stream=color_space,color_primaries,color_transfer,color_range -of csv=p=0 a.mp4) == tv,bt709,bt709,bt709 ]] || fail "the MP4's colours are not said"

# cropped to the figure: smaller, with only a margin around it
export_ --preset dilation --steps 4 --no-labels --crop -o crop.pdf
pdfinfo crop.pdf | grep >/dev/null 'Page size: *720 x 69' || fail "the cropped page is $(pdfinfo crop.pdf | grep size)"
export_ --preset dilation --no-labels --crop --size 960x540 -o 'crop_%d.png'
[[ $(identify -format '%wx%h\n' crop_*.png | sort -u | wc -l) -eq 1 ]] || fail "cropped frames differ in size"
[[ $(identify -format '%w' crop_0.png) -lt 700 ]] || fail "nothing was cropped"

"$CONVLOOM" scene --preset dilation --step 4 >scene.json
python3 -c 'import json; assert [p["plane"] for p in json.load(open("scene.json"))["planes"]][:3] == ["input", "beams", "output"]'
"$CONVLOOM" scene --preset kind_transposed --view matrix --step 5 --tap 1 | cmp - "$TESTS_DIR/golden/matrix.scene.json" ||
    fail "scene --tap gives another picture"

refused() {   # refused "part of the sentence" words...
    local part=$1 got=0 wanted=2
    [[ $part == 'Cannot write'* ]] && wanted=1
    shift
    "$CONVLOOM" export "$@" >out.txt 2>err.txt || got=$?
    [[ $got -eq $wanted ]] || fail "export $* gave status $got: $(cat err.txt)"
    [[ $(wc -l <err.txt) -eq 1 ]] || fail "export $* said: $(cat err.txt)"
    grep -qF -- "$part" err.txt || fail "export $* said: $(cat err.txt)"
}
refused '--title: the title is empty' --preset kind_2d --title '' -o t.gif
refused '--title: A title has at most 200 bytes; this one has 300.' --preset kind_2d --title "$(printf 'a%.0s' {1..300})" -o t.gif
refused 'an animation is one file' --preset kind_2d -o 'a_%d.gif'
refused 'cannot store smooth transparency' --preset kind_2d --transparent -o t.gif
refused 'from 0.01 to 50' --preset kind_2d --fps 0 -o t.gif
refused '“nan”, which is not a number' --preset kind_2d --fps nan -o t.gif
refused '--loop -1: it must be from 0, which is endless, to 65535' --preset kind_2d --loop -1 -o t.gif
refused '--loop 65536: it must be from 0' --preset kind_2d --loop 65536 -o t.webp
refused '--smooth 30: PNG does not move; .gif' --preset kind_2d --smooth 30 -o t_%02d.png
refused '--smooth 60: GIF counts time in hundredths' --preset kind_2d --smooth 60 -o t.gif
refused '--smooth 5: It must be from 10 to 60' --preset kind_2d --smooth 5 -o t.webp
refused '--smooth 30: 30 frames a second leave no time' --preset kind_2d --smooth 30 --fps 20 -o t.webp
refused '--loop 2: only .gif, .apng and .webp' --preset kind_2d --loop 2 -o t.mp4
refused '--loop 0: only .gif, .apng and .webp' --preset kind_2d --steps 0 --loop 0 -o t.png
refused 'at most 65535 pixels' --preset kind_2d --size 70000x100 -o t.gif
refused '--size 5x5km: give pixels such as' --preset kind_2d --size 5x5km -o t.gif
refused '--size 1.5x900: give whole pixels such as 1920x1080' --preset kind_2d --size 1.5x900 -o t.gif
refused '--size 1.2.3x900: give pixels such as' --preset kind_2d --size 1.2.3x900 -o t.gif
refused '--size infx900: give pixels such as' --preset kind_2d --size infx900 -o t.gif
refused '--dpi 5: it must be from 10' --preset kind_2d --dpi 5 -o t.gif
refused '--layer 3: There is no layer 3; the chain has 2 layers.' --preset kind_depthwise_separable --layer 3 -o t.gif
refused '--turn 80: it must be from -60 to 60' --preset kind_3d --turn 80 -o t.gif
refused '--input is missing' 'nn.Conv2d(1, 1, 3)' -o t.gif
refused 'Give either -o with a file name or --all' --preset kind_2d
refused 'hold a tensor of' 'nn.Conv2d(1, 1, 3)' --input 1x20000x20000 -o t.gif
refused 'Cannot write no_such_folder/t.gif' --preset kind_2d -o no_such_folder/t.gif
refused 'Cannot write no_such_folder/t.mp4' --preset kind_2d --size 64x64 -o no_such_folder/t.mp4
[[ ! -e t.gif ]] || fail "a refused export left a file"

# the user's own title is at the top of the page, for a photo too
export_ --preset dilation --title 'Lecture 3: holes' --steps 0 -o own.svg
grep -q '<title>Lecture 3: holes' own.svg && grep -q '>Lecture 3: holes</text>' own.svg || fail "--title of a layer"
convert -size 32x32 gradient: own.png
export_ --photo own.png --title 'Lecture 4' -o own_photo.svg
grep -q '>Lecture 4</text>' own_photo.svg || fail "--title of a photo"

# Ctrl-C: the old file is kept, and no partial file is left
echo old >slow.gif
"$CONVLOOM" export --preset kind_standard -o slow.gif 2>err.txt & pid=$!
sleep 0.5
kill -INT $pid
got=0; wait $pid || got=$?
[[ $got -eq 130 ]] || fail "an interrupted export gave status $got"
[[ $(cat slow.gif) == old && -z $(ls -- *.part* 2>/dev/null) ]] || fail "an interrupted export left $(ls -- *.part* slow.gif)"

# Full disk: one sentence for every format, and the existing file is unchanged.
mkdir full
if mount -t tmpfs -o size=64k tmpfs full 2>/dev/null; then
    trap 'umount full' EXIT
    for ending in svg png pdf gif apng webp mp4; do
        echo old >"full/a.$ending"
        head -c 200000 /dev/zero >full/filler 2>/dev/null || true
        name=full/a.$ending
        flags=()
        [[ $ending == svg || $ending == png ]] && flags=(--steps 0)
        if "$CONVLOOM" export --preset same_padding_no_strides --size 640x360 "${flags[@]}" -o "$name" >out.txt 2>err.txt; then fail "$ending on a full disk"; fi
        [[ $(wc -l <err.txt) -eq 1 ]] || fail "$ending on a full disk said: $(cat err.txt)"
        [[ $(cat "$name") == old && -z $(ls full | grep part) ]] || fail "$ending on a full disk left $(ls full)"
        rm -f full/*
    done
fi
