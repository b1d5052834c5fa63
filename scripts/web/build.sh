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
    mkdir -p "$root/build/web"
    local file
    for file in "$root"/app/platform/web/page/* "$root"/build/wasm/page/convloom.{js,wasm}; do
        cmp -s "$file" "$root/build/web/$(basename "$file")" || cp "$file" "$root/build/web/"
    done
}
