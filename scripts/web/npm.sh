#!/usr/bin/env bash
# Lays out build/npm, the package that `npm pack` makes a file of: npm.sh [FOLDER]. It needs build/wasm/convloom.js and
# build/web (./run --web or ./check all).
set -euo pipefail
root=$(dirname "$(readlink -f "$0")")/../..
into=${1:-$root/build/npm}
parts=$root/app/platform/web/npm

for file in "$root"/build/wasm/convloom.{js,wasm} "$root"/build/web/index.html; do
    if [[ ! -f $file ]]; then
        echo "npm.sh: $(realpath -m --relative-to="$root" "$file") is missing; ./run --web builds it." >&2
        exit 1
    fi
done

version=$(sed -n 's/^project(convloom VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
rm -rf "$into"
mkdir -p "$into/bin" "$into/program"
cp "$parts"/*.mjs "$into/bin/"
chmod +x "$into/bin/convloom.mjs"
cp "$root"/build/wasm/convloom.{js,wasm} "$into/program/"
cp -r "$root/build/web" "$into/page"
cp "$parts/README.md" "$root/LICENSE" "$into/"
cat >"$into/package.json" <<END
{
  "name": "convloom",
  "version": "$version",
  "description": "Interactive visualizer of convolution arithmetic: step, filter, export",
  "license": "MIT",
  "keywords": ["convolution", "visualization", "teaching", "deep-learning", "webassembly"],
  "bin": {"convloom": "bin/convloom.mjs"},
  "files": ["bin", "program", "page"],
  "engines": {"node": ">=18"}
}
END
