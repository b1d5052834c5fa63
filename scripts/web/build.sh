# Sourced by ./run and ./check after scripts/setup.sh: builds the program for WebAssembly and lays out the page.

# Downloads what the build needs: packages and the sources of its libraries.
fetch_web() {
    install_packages build web
    local program
    for program in emcc node dpkg-source; do
        if ! command -v $program >/dev/null; then
            say "$program is missing, which the build for WebAssembly needs."
            return 1
        fi
    done
    "$root/scripts/web/libraries.sh" --fetch
}

# What the page's test needs beside that: Chromium, and playwright-core from npm, which is kept.
fetch_browser() {
    install_packages browser
    command -v npm >/dev/null || install_packages npm
    local tools=$root/build/web-tools
    [[ -d $tools/node_modules/playwright-core ]] && return
    mkdir -p "$tools"
    quietly "$tools/npm.log" npm install --prefix "$tools" --no-audit --no-fund --no-save playwright-core@1.65
}

# Runs one of the two above. Where something cannot be downloaded, one line says what is left out.
fetched() {   # fetched <command> <what is left out>
    local log=$root/build/$1.log
    mkdir -p "$root/build"
    # In a shell of its own, which ends at the first fault; a function would not inside of a condition.
    bash -euo pipefail -c 'root=$1; source "$root/scripts/setup.sh"; source "$root/scripts/web/build.sh"; "$2"' \
        bash "$root" "$1" >"$log" 2>&1 </dev/null && return
    say "$2 left out: not all that it needs could be downloaded (build/$1.log says what)."
    return 1
}

# build/wasm/convloom.js, the command line for Node.js, and build/web, the page's folder.
build_web() {
    "$root/scripts/web/libraries.sh"
    (
        # CMake would put the compiler cache before emcc too, which it does not know; cmake/emscripten.cmake uses it.
        unset CMAKE_C_COMPILER_LAUNCHER CMAKE_CXX_COMPILER_LAUNCHER
        export NODE_PATH=/usr/share/nodejs
        configured wasm || configure wasm
        build wasm convloom convloom_page
    )
    lay_out_page "$root/build/web"
}

# The files of the page's folder. Its service worker is told their names, and a version that changes when one of them does.
lay_out_page() {
    local into=$1 file names version
    mkdir -p "$into"
    for file in "$root"/app/platform/web/page/* "$root"/build/wasm/page/convloom.{js,wasm}; do
        [[ $file == */sw.js ]] || cmp -s "$file" "$into/$(basename "$file")" || cp "$file" "$into/"
    done
    cmp -s "$root/docs/pictures/flat.png" "$into/still.png" || cp "$root/docs/pictures/flat.png" "$into/still.png"
    names=$(cd "$into" && printf '%s\n' * | grep -vx sw.js)
    version=$(cd "$into" && xargs cat <<<"$names" | cat - "$root/app/platform/web/page/sw.js" | sha256sum | cut -c1-16)
    sed -e "s/\"VERSION\"/\"$version\"/" -e "s/\[\"FILES\"\]/[\"\\.\/\"$(sed 's/.*/, "&"/' <<<"$names" | tr -d '\n')]/" \
        "$root/app/platform/web/page/sw.js" >"$into/sw.js.new"
    mv "$into/sw.js.new" "$into/sw.js"
}
