#!/usr/bin/env bash
# convloom info: the same facts from code, flags, a preset and JSON; invalid arguments with their messages.
set -euo pipefail

fail() { echo "FAILED: $*" >&2; exit 1; }

says() {   # says "a line" arguments...
    local line=$1
    shift
    "$CONVLOOM" info "$@" >out.txt
    grep -qF -- "$line" out.txt || fail "info $* does not say “$line”: $(cat out.txt)"
}

stem='nn.Conv2d(3, 64, 7, stride=2, padding=3)'
says 'output          64×112×112' "$stem" --input 3x224x224
says 'floor((224 + 2·3 - 1·(7-1) - 1) / 2) + 1 = 112' "$stem" --input 3x224x224
says 'parameters      9,472' "$stem" --input 3x224x224
says 'relationship 6: o = floor((i + 2p - k) / s) + 1' "$stem" --input 3x224x224
cp out.txt words.txt
"$CONVLOOM" info --input 3x224x224 --out-channels 64 --kernel 7 --stride 2 --padding 3 >flags.txt
cmp words.txt flags.txt
echo "$stem" | "$CONVLOOM" info - --input 3x224x224 | cmp - words.txt

# the article's numbers, and a chain's receptive field
says '675 + 9,600 = 10,275' --preset kind_depthwise_separable
says 'against         86,400 multiplications of one nn.Conv2d(3, 128, kernel_size=3, bias=False): 11.9 %' --preset kind_depthwise_separable
says '1 zero between cells (13 cells)' 'nn.ConvTranspose2d(16, 8, 3, 2, 1, 1)' --input 16x7x7
says 'none of the fifteen' 'nn.MaxPool2d(3, 2, 1)' --input 1x8x8
says 'nn.ConvTranspose2d(16, 8, kernel_size=3, stride=2)' --op transposed --in-channels 16 --out-channels 8 --kernel 3 --stride 2 --input 16x7x7
says 'count_include_pad=False, divisor_override=5)' --op avg_pool --kernel 3 --no-count-include-pad --divisor-override 5 --input 2x7x7
says 'standard                               3,456              86,400' 'nn.Conv2d(3, 128, 3, bias=False)' --input 3x7x7
says 'receptive field 11, effective stride 4, first cell -5' "$stem; nn.MaxPool2d(3, 2, 1)" --input 3x224x224
says "padding p' = 1 and 1 more at the end" 'nn.ConvTranspose2d(16, 8, 3, 2, 1, 1)' --input 16x7x7
# ONNX's same padding of a transposed layer gives i·s
says 'nn.ConvTranspose2d(1, 1, kernel_size=3, stride=2)  # padding 0+1 0+1' --op transposed --kernel 3 --stride 2 --padding same_upper --input 1x3x3
says 'output          1×6×6' --op transposed --kernel 3 --stride 2 --padding same_lower --input 1x3x3
says 'output          1×12×12' --op transposed --kernel 2 --stride 6 --padding same_upper --input 1x2x2
# settings beyond PyTorch: computed, with a remark
says '# padding 2+2 2+2, which is more than half of the kernel: PyTorch refuses it' --op max_pool --kernel 3 --padding 2 --dilation 2 --input 1x9x9
says 'output          3×30×30' --op avg_pool --kernel 3 --padding 2 --input 3x28x28
says 'divisor_override=-2)' --op avg_pool --kernel 3 --divisor-override -2 --input 2x7x7
says 'nn.ReLU(), nn.Conv2d(3, 4, kernel_size=3)' 'nn.ReLU(); nn.Conv2d(3, 4, 3)' --input 3x8x8
# a flag that --help lists for other kinds is accepted if its value changes nothing
says 'nn.MaxPool2d(kernel_size=3, stride=1)' --op max_pool --kernel 3 --groups 1 --out-channels 3 --padding-mode zeros --output-padding 0 --input 3x8x8
says 'output          1×10×10' --kernel 4 --padding same --input 1x10x10

"$CONVLOOM" info "$stem" --input 3x224x224 --json | python3 -c '
import json, sys
layer = json.load(sys.stdin)["layers"][0]
assert layer["output"] == [64, 112, 112] and layer["cost"]["parameters"] == 9472, layer
assert layer["axes"][0]["relationship"] == 6 and layer["axes"][1]["unused_cells"] == 1, layer'

refused() {   # refused "part of the sentence" arguments...
    local part=$1 got=0
    shift
    "$CONVLOOM" info "$@" >out.txt 2>err.txt || got=$?
    [[ $got -eq 2 ]] || fail "info $* gave status $got: $(cat err.txt)"
    grep -qF -- "$part" err.txt || fail "info $* said: $(cat err.txt)"
    [[ ! -s out.txt ]] || fail "info $* wrote to standard output"
}
refused 'did you mean Conv2d?' 'nn.Conv2x(3)' --input 3x8x8
refused 'The nearest kernel that works is 8.' 'nn.Conv2d(3, 4, 99)' --input 3x8x8
got=0; "$CONVLOOM" info 'nn.Conv2d(3, 4, 99)' --input 3x8x8 2>err.txt || got=$?
[[ $got -eq 2 && $(wc -l <err.txt) -eq 1 ]] || fail "one fault is told as $(cat err.txt)"
refused 'The nearest groups that works is 1.' 'nn.Conv2d(3, 4, 3, groups=2)' --input 3x8x8
refused '--in-channels is 4' --in-channels 4 --kernel 3 --input 3x8x8
refused '--stride goes with --kernel' 'nn.Conv2d(3, 4, 3)' --stride 2 --input 3x8x8
refused '--padding goes with --kernel' --preset dilation --padding 1
refused 'a preset has its own' --preset dilation --input 1x7x7
refused '--input is missing' "$stem"
refused 'give a shape such as 3x224x224' "$stem" --input 3xx8
refused 'Give one of: ' --input 3x8x8
refused 'GiB' 'nn.Conv2d(3, 64, 3)' --input 3x100000x100000
refused '--op dense' --op dense --kernel 3 --input 3x8x8
refused '2 numbers for 1 axis' --kernel 3x3 --input 3x8
misfits() {   # misfits --flag arguments...
    refused "$1 does not go with --op" "$@" --kernel 3 --input 2x8x8
}
misfits --out-channels 7 --op max_pool
misfits --groups 2 --op max_pool
misfits --no-bias --op avg_pool
misfits --flip --op avg_pool
misfits --padding-mode reflect --op max_pool
misfits --padding-mode reflect --op transposed
misfits --output-padding 1 --op avg_pool
misfits --output-padding 1
misfits --dilation 2 --op avg_pool
misfits --ceil-mode
misfits --ceil-mode --op transposed
misfits --divisor-override 3 --op max_pool
misfits --divisor-override 3
misfits --no-count-include-pad --op max_pool
misfits --no-count-include-pad --op transposed
refused 'the divisor must not be 0' --op avg_pool --kernel 3 --divisor-override 0 --input 2x8x8
refused 'at most half of the kernel' 'nn.MaxPool2d(3, stride=1, padding=2, dilation=2)' --input 1x9x9

# printed code reads back to the same facts
for words in '--kernel 4 --padding same_upper --flip --no-bias' '--op transposed --kernel 3 --stride 2 --padding same_upper' \
    '--op max_pool --kernel 2x3 --padding 1x2 --ceil-mode' '--op avg_pool --kernel 3 --padding 1 --no-count-include-pad' \
    '--op max_unpool --kernel 2 --stride 2 --restored-size 15x16' '--op unfold --kernel 2x3 --padding 1 --stride 2'; do
    "$CONVLOOM" info $words --input 1x7x8 --json >one.json
    code=$(python3 -c 'import json; print(json.load(open("one.json"))["layers"][0]["code"])')
    "$CONVLOOM" info "$code" --input 1x7x8 --json | cmp - one.json || fail "$code does not read back"
done

# PyTorch joins the places of the windows of an unfold and a fold
"$CONVLOOM" info 'nn.Unfold(2)' --input 3x4x4 | grep '12×9' >/dev/null || fail "the matrix of an unfold"
"$CONVLOOM" info 'nn.Fold((4, 4), 2)' --input 12x9 | grep '3×4×4' >/dev/null || fail "a fold takes that matrix"
refused 'a fold takes 4 channels' 'nn.Fold((4, 4), 2)' --input 6x3x3
