# Sourced by ./run and ./check after scripts/setup.sh: builds the program for WebAssembly and lays out the page.

# build/wasm/convloom.js, the command line for Node.js, and build/web, the page's folder.
build_web() {
    install_packages build web
    "$root/scripts/web/libraries.sh"
    # The compiler cache takes emcc for no compiler.
    (
        unset CMAKE_C_COMPILER_LAUNCHER CMAKE_CXX_COMPILER_LAUNCHER
        export NODE_PATH=/usr/share/nodejs
        configured wasm || configure wasm
        build wasm convloom convloom_page
    )
    lay_out_page "$root/build/web"
}

# What the tests labelled web need beside that.
install_web_tests() {
    install_packages browser
    command -v npm >/dev/null || install_packages npm
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
