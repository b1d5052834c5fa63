#!/usr/bin/env bash
# convloom tour: the list, slides in each format and both languages, refusals.
set -euo pipefail
fail() { printf 'FAIL: %s\n' "$*" >&2; exit 1; }

pages=$("$CONVLOOM" tour --list | grep -c '^  ')
[[ $pages -ge 30 ]] || fail "the tour has $pages pages"
[[ $("$CONVLOOM" tour --list --language zh-CN | grep -c '^  ') -eq $pages ]] || fail "the Chinese tour has other pages"
"$CONVLOOM" tour --list --language zh-CN | grep -q '空洞卷积' || fail "the Chinese list is not in Chinese"

for language in en zh-CN; do
    "$CONVLOOM" tour --export "$language" --format svg --language "$language" | grep -q "Wrote $pages slides" || fail "svg $language"
    [[ $(ls "$language" | wc -l) -eq $pages ]] || fail "$language: one file a page"
done
grep -q '试一试' zh-CN/05_one_dimension.svg || fail "the Chinese slide does not speak Chinese"
grep -q 'Try it' en/05_one_dimension.svg || fail "the English slide does not speak English"
cmp -s en/05_one_dimension.svg zh-CN/05_one_dimension.svg && fail "both languages give the same slide"

"$CONVLOOM" tour --export once --format pdf --language zh-CN >once.log
"$CONVLOOM" tour --export twice --format pdf --language zh-CN >twice.log
for file in once/*.pdf; do cmp "$file" "twice/${file#once/}" || fail "$file differs from run to run"; done
pdftotext once/08_two_dimensions.pdf - | grep -q '输出有多大' || fail "the PDF's text cannot be searched"
[[ $(pdfinfo once/08_two_dimensions.pdf | sed -n 's/^Title: *//p' | wc -m) -lt 40 ]] || fail "the PDF's title is $(pdfinfo once/08_two_dimensions.pdf | grep Title)"
[[ $(pdfinfo once/08_two_dimensions.pdf | awk '/^Pages/ {print $2}') -eq 1 ]] || fail "one page a file"

"$CONVLOOM" tour --export pictures --format png --size 480x270 --theme dark --answers >/dev/null
[[ $(ls pictures | wc -l) -eq $((2 * pages)) ]] || fail "with --answers two slides a page"
[[ $(identify -format '%wx%h' pictures/01_overlap.png) == 480x270 ]] || fail "the size that was asked for"

# Every page in every format and language is readable by other programs, with the right number of pages, size and
# frames.
for language in en zh-CN; do
    for format in pdf png gif; do
        folder=$language.$format
        "$CONVLOOM" tour --export "$folder" --format $format --language $language --size 320x180 >/dev/null
        [[ $(ls "$folder" | wc -l) -eq $pages ]] || fail "$folder: one file a page"
        if [[ $format == pdf ]]; then
            for file in "$folder"/*.pdf; do
                [[ $(pdfinfo "$file" 2>pdf.log | awk '/^Pages/ {print $2}') -eq 1 && ! -s pdf.log ]] || fail "$file: $(cat pdf.log)"
                pdftotext "$file" - 2>pdf.log | grep -q "/ $pages\$" || fail "$file does not say which page it is"
                [[ ! -s pdf.log ]] || fail "$file: $(cat pdf.log)"
            done
        else
            # One line per frame; identify's warnings are printed too.
            identify -format '%f %m %Wx%H\n' "$folder"/*.$format >frames.log 2>&1 || fail "$folder: $(tail -1 frames.log)"
            grep -vE "^[0-9]{2}_[a-z_]+\.$format ${format^^} 320x180\$" frames.log | head -3 | grep . && fail "$folder: these are not as they should be"
            [[ $(cut -d' ' -f1 frames.log | uniq | wc -l) -eq $pages ]] || fail "$folder: a file cannot be read"
            [[ $format == gif || $(wc -l <frames.log) -eq $pages ]] || fail "$folder: more than a picture"
            [[ $format == png || $(wc -l <frames.log) -gt $((5 * pages)) ]] || fail "$folder: nothing moves"
        fi
    done
done
[[ $(identify en.gif/07_two_dimensions.gif | wc -l) -eq 9 ]] || fail "a frame for each of nine steps"

refused() {   # refused <words in the sentence> <arguments...>
    local words=$1
    shift
    if "$CONVLOOM" "$@" >out.log 2>err.log; then fail "$* was taken"; fi
    grep -qF -- "$words" err.log || fail "$*: $(cat err.log)"
    [[ $(wc -l <err.log) -eq 1 ]] || fail "$*: more than one line"
}
refused 'Give either --list or --export' tour
refused 'Give either --list or --export' tour --list --export there
refused '--language fr: the languages are en and zh-CN' tour --list --language fr
refused '--format mp4: the formats of slides are' tour --export there --format mp4
refused '--theme pink: the themes are' tour --export there --theme pink
refused '--size 5x5' tour --export there --size 5x5
refused 'Cannot create the folder' tour --export /dev/null/there
refused '--language fr' export --language fr --steps 0 -o a.png
"$CONVLOOM" export --preset kind_2d --language zh-CN --steps 4 -o chinese.svg >/dev/null
grep -q '卷积核' chinese.svg || fail "export --language"
echo "$pages pages, both languages, four formats"
