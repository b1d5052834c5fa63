#!/usr/bin/env bash
# Builds the libraries of the web build for WebAssembly, out of Debian's source packages, into build/web-libs/prefix.
# Sources are fetched by apt, with lists and a cache of our own: no root is needed and the system's lists stay as they
# are. What is built stays; it is built again only where its recipe here has changed.
#   libraries.sh --fetch   only downloads the sources
set -euo pipefail
root=$(dirname "$(readlink -f "$0")")/../..
source "$root/scripts/setup.sh"
root=$(readlink -f "$root")
libs=$root/build/web-libs prefix=$libs/prefix

# One release for everybody, so that the same bytes come out wherever it is built.
suite=bookworm
sources=(zlib libpng1.6 freetype pixman cairo libjpeg-turbo libwebp giflib libzip lcms2 fmtlib imgui)
# Exceptions and longjmp by WebAssembly's own means, as the program is compiled; no fused multiply-adds.
flags=(-O2 -fwasm-exceptions -msimd128 -ffp-contract=off -fvisibility=hidden -w)
# Debian's emscripten finds its JavaScript modules there, whichever Node.js is installed.
export NODE_PATH=/usr/share/nodejs

mkdir -p "$libs"/{apt/lists/partial,apt/cache/archives/partial,src,build,stamps} "$prefix"/{lib/pkgconfig,include}

apt=(apt-get -q -o Dir::Etc::sourcelist="$libs/apt/$suite.sources" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::State::lists="$libs/apt/lists" -o Dir::Cache="$libs/apt/cache" -o APT::Sandbox::User="$(id -un)")

fetch_lists() {
    [[ -e $libs/apt/updated ]] && return
    cat >"$libs/apt/$suite.sources" <<END
Types: deb-src
URIs: http://deb.debian.org/debian
Suites: $suite
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
    # A list that cannot be fetched is otherwise only a warning.
    quietly "$libs/apt/update.log" "${apt[@]}" -o APT::Update::Error-Mode=any update
    touch "$libs/apt/updated"
}

# The package's source, with Debian's patches, in src/NAME. Where the archive has lost the patches, as released.
fetch() {   # fetch <source package>
    local name=$1 into=$libs/src/$1
    rm -rf "$into.part" && mkdir -p "$into.part"
    cd "$into.part"
    if ! "${apt[@]}" source "$name" >"$libs/apt/$name.log" 2>&1; then
        "${apt[@]}" source --tar-only --download-only "$name" >>"$libs/apt/$name.log" 2>&1 || {
            cat "$libs/apt/$name.log" >&2
            say "The source of $name could not be fetched; apt-get's messages stand above."
            return 1
        }
        local archive
        for archive in *.orig.tar.*; do if [[ $archive != *.asc ]]; then tar -xf "$archive"; fi; done
    fi
    mv "$(find . -mindepth 1 -maxdepth 1 -type d | head -1)" "$into"
    cd "$libs"
    rm -rf "$into.part"
    [[ -d $into ]]
}

# Several at once, since most of the time goes into waiting.
fetch_sources() {
    local name
    local -a missing=() running=()
    for name in "${sources[@]}"; do if [[ ! -d $libs/src/$name ]]; then missing+=("$name"); fi; done
    if [[ ${#missing[@]} -eq 0 ]]; then return 0; fi
    say "Fetching the sources of ${#missing[@]} libraries from Debian."
    fetch_lists || return 1
    for name in "${missing[@]}"; do
        (fetch "$name") &
        running+=($!)
    done
    local process failed=0
    for process in "${running[@]}"; do wait "$process" || failed=1; done
    return $failed
}

# Lists the objects of an archive of C and C++ files in the recipe's part of the ninja file, with further options for
# the compiler before "--". They are compiled once the headers of all libraries are in place. Paths are those from $libs,
# where ninja runs, and so the same wherever the repository is.
archive() {   # archive <name> <option...> -- <file...>
    local name=$1 here options= option path object rule
    local -a objects=()
    here=$(realpath --relative-to="$libs" .)
    shift
    while [[ $1 != -- ]]; do
        option=$1
        case $option in
            -I/*) option=-I$(realpath -m --relative-to="$libs" "${option#-I}") ;;
            -I*) option=-I$here/${option#-I} ;;
        esac
        options+=" $(printf %q "$option")"
        shift
    done
    shift
    for path in "$@"; do
        object=${path##*/} object=build/$name/${object%.*}.o rule=cxx
        objects+=("$object")
        if [[ $path == *.c ]]; then rule=c; fi
        if [[ $path != /* ]]; then path=$here/$path; else path=$(realpath --relative-to="$libs" "$path"); fi
        printf 'build %s: %s %s\n  options =%s\n' "$object" $rule "$path" "${options//\$/\$\$}"
    done >>"$rules"
    printf 'build prefix/lib/lib%s.a: archive %s\n' "$name" "${objects[*]}" >>"$rules"
}

describe() {   # describe <pkg-config name> <version> <"-l..."> [required names]
    cat >"$prefix/lib/pkgconfig/$1.pc" <<END
Name: $1
Description: $1 for the web build
Version: $2
Requires: ${4-}
Libs: -L$prefix/lib $3
Cflags: -I$prefix/include${5:+ -I$prefix/include/$5}
END
}

# Libraries of nothing but headers, which are the same for every machine.
lib_headers() {
    cp -r /usr/include/{nlohmann,CLI,stb,protozero} "$prefix/include"
}

lib_zlib() {
    cd "$libs/src/zlib"
    archive z -D_LARGEFILE64_SOURCE=1 -DHAVE_UNISTD_H -DHAVE_STDARG_H -- \
        {adler32,crc32,deflate,infback,inffast,inflate,inftrees,trees,zutil,compress,uncompr,gzclose,gzlib,gzread,gzwrite}.c
    cp zlib.h zconf.h "$prefix/include"
    describe zlib 1.2.13 -lz
}

lib_libpng() {
    cd "$libs/src/libpng1.6"
    cp scripts/pnglibconf.h.prebuilt pnglibconf.h
    archive png16 -I. -- png{,error,get,mem,pread,read,rio,rtran,rutil,set,trans,wio,write,wtran,wutil}.c
    cp png.h pngconf.h pnglibconf.h "$prefix/include"
    describe libpng 1.6.39 -lpng16 zlib
}

lib_freetype() {
    cd "$libs/src/freetype"
    # What TrueType fonts need; there are no others in the program.
    mkdir -p "$libs/build/freetype_modules"
    cat >"$libs/build/freetype_modules/modules.h" <<END
FT_USE_MODULE( FT_Driver_ClassRec, tt_driver_class )
FT_USE_MODULE( FT_Module_Class, psnames_module_class )
FT_USE_MODULE( FT_Module_Class, sfnt_module_class )
FT_USE_MODULE( FT_Renderer_Class, ft_smooth_renderer_class )
FT_USE_MODULE( FT_Renderer_Class, ft_raster1_renderer_class )
END
    archive freetype -DFT2_BUILD_LIBRARY -DFT_CONFIG_OPTION_SYSTEM_ZLIB "-DFT_CONFIG_MODULES_H=<modules.h>" \
        -I"$libs/build/freetype_modules" -Iinclude -- \
        src/base/ft{base,bbox,bitmap,debug,fstype,gasp,glyph,init,mm,patent,stroke,synth,system,type1,fntfmt}.c \
        src/truetype/truetype.c src/psnames/psnames.c src/sfnt/sfnt.c src/smooth/smooth.c src/raster/raster.c src/gzip/ftgzip.c
    mkdir -p "$prefix/include/freetype2"
    cp -r include/freetype include/ft2build.h "$prefix/include/freetype2"
    describe freetype2 24.3.18 -lfreetype zlib freetype2
}

lib_pixman() {
    cd "$libs/src/pixman/pixman"
    sed -e s/@PIXMAN_VERSION_MAJOR@/0/ -e s/@PIXMAN_VERSION_MINOR@/42/ -e s/@PIXMAN_VERSION_MICRO@/2/ \
        pixman-version.h.in >pixman-version.h
    # Everything but what is made from other files by preprocessing, and the parts for other processors.
    mapfile -t files < <(ls pixman*.c | grep -vE 'pixman-(sse2|ssse3|mmx|vmx|arm-|mips-dspr2|region\.c|combine-float-)')
    archive pixman-1 -I. -DPACKAGE='"pixman-1"' -DPACKAGE_VERSION='"0.42.2"' -DSIZEOF_LONG=4 -DPIXMAN_NO_TLS -DHAVE_BUILTIN_CLZ -- "${files[@]}"
    cp pixman.h pixman-version.h "$prefix/include"
    describe pixman-1 0.42.2 -lpixman-1
}

lib_cairo() {
    cd "$libs/src/cairo/src"
    cat >cairo-features.h <<END
#ifndef CAIRO_FEATURES_H
#define CAIRO_FEATURES_H
#define CAIRO_HAS_FT_FONT 1
#define CAIRO_HAS_IMAGE_SURFACE 1
#define CAIRO_HAS_MIME_SURFACE 1
#define CAIRO_HAS_OBSERVER_SURFACE 1
#define CAIRO_HAS_PDF_SURFACE 1
#define CAIRO_HAS_PNG_FUNCTIONS 1
#define CAIRO_HAS_RECORDING_SURFACE 1
#define CAIRO_HAS_USER_FONT 1
#endif
END
    cat >config.h <<END
#include "cairo-features.h"
#define PACKAGE_VERSION "1.16.0"
#define HAVE_STDINT_H 1
#define HAVE_INTTYPES_H 1
#define HAVE_SYS_TYPES_H 1
#define HAVE_SYS_STAT_H 1
#define HAVE_UNISTD_H 1
#define HAVE_FCNTL_H 1
#define HAVE_TIME_H 1
#define HAVE_LIBGEN_H 1
#define HAVE_GMTIME_R 1
#define HAVE_CTIME_R 1
#define HAVE_LINK 1
#define HAVE_STRNDUP 1
#define HAVE_UINT64_T 1
#define HAVE_ZLIB 1
#define HAVE_FT_LOAD_SFNT_TABLE 1
#define HAVE_FT_GLYPHSLOT_EMBOLDEN 1
#define HAVE_FT_GLYPHSLOT_OBLIQUE 1
#define HAVE_FT_LIBRARY_SETLCDFILTER 1
#define HAVE_FT_GET_X11_FONT_FORMAT 1
#define HAVE_FT_GET_VAR_DESIGN_COORDINATES 1
#define HAVE_FT_DONE_MM_VAR 1
#define SIZEOF_VOID_P 4
#define SIZEOF_INT 4
#define SIZEOF_LONG 4
#define SIZEOF_LONG_LONG 8
#define SIZEOF_SIZE_T 4
#define CAIRO_NO_MUTEX 1
END
    mapfile -t files < <(ls cairo*.c | grep -vE -- '-(beos|cogl|directfb|drm|egl|gl|glx|glesv2|os2|qt|quartz|skia|tee|vg|wgl|win32|xcb|xlib|xml|svg|ps|script|fc)[-.]|cairo-boilerplate|check-')
    # With vectors of two doubles clang 14 moves every glyph by its x once more.
    archive cairo -mno-simd128 -I. -DHAVE_CONFIG_H -I"$prefix/include/freetype2" -- "${files[@]}" "$root/scripts/web/cairo_callbacks.c"
    cp cairo.h cairo-{version,deprecated,features,pdf,ft}.h "$prefix/include"
    cp ../cairo-version.h "$prefix/include"
    describe cairo 1.16.0 -lcairo "pixman-1 libpng freetype2"
    describe cairo-ft 1.16.0 "" cairo
}

lib_libjpeg() {
    cd "$libs/src/libjpeg-turbo"
    cat >jconfig.h <<END
#define JPEG_LIB_VERSION 62
#define LIBJPEG_TURBO_VERSION 2.1.5
#define LIBJPEG_TURBO_VERSION_NUMBER 2001005
#define C_ARITH_CODING_SUPPORTED 1
#define D_ARITH_CODING_SUPPORTED 1
#define MEM_SRCDST_SUPPORTED 1
#define BITS_IN_JSAMPLE 8
END
    cat >jconfigint.h <<END
#define BUILD ""
#define INLINE inline
#define THREAD_LOCAL
#define PACKAGE_NAME "libjpeg-turbo"
#define VERSION "2.1.5"
#define SIZEOF_SIZE_T 4
#define HAVE_BUILTIN_CTZL 1
#define FALLTHROUGH __attribute__((fallthrough));
END
    sed 's/@[A-Z_]*@/2023/' jversion.h.in >jversion.h
    archive jpeg -I. -- jc{apimin,apistd,coefct,color,dctmgr,huff,icc,init,mainct,marker,master,param,phuff,prepct,sample,trans,arith}.c \
        jd{apimin,apistd,atadst,atasrc,coefct,color,dctmgr,huff,icc,input,mainct,marker,master,merge,phuff,postct,sample,trans,arith}.c \
        j{comapi,error,utils,memmgr,memnobs,aricom,simd_none}.c jfdct{flt,fst,int}.c jidct{flt,fst,int,red}.c jquant{1,2}.c
    cp jconfig.h jpeglib.h jmorecfg.h jerror.h "$prefix/include"
    describe libjpeg 2.1.5 -ljpeg
}

lib_libwebp() {
    cd "$libs/src/libwebp"
    archive webp -I. -- src/{dec,dsp,enc,utils}/*.c sharpyuv/*.c
    archive webpmux -I. -- src/mux/*.c
    archive webpdemux -I. -- src/demux/*.c
    mkdir -p "$prefix/include/webp"
    cp "$libs"/src/libwebp/src/webp/*.h "$prefix/include/webp"
    describe libwebp 1.2.4 -lwebp
    describe libwebpmux 1.2.4 -lwebpmux libwebp
    describe libwebpdemux 1.2.4 -lwebpdemux libwebp
}

lib_giflib() {
    cd "$libs/src/giflib"
    archive gif -- {dgif_lib,egif_lib,gifalloc,gif_err,gif_hash,openbsd-reallocarray,quantize}.c
    cp gif_lib.h "$prefix/include"
}

lib_libzip() {
    cd "$libs/src/libzip/lib"
    cat >config.h <<END
#include "zipconf.h"
#define HAVE_FILENO 1
#define HAVE_FSEEKO 1
#define HAVE_FTELLO 1
#define HAVE_LOCALTIME_R 1
#define HAVE_MKSTEMP 1
#define HAVE_SNPRINTF 1
#define HAVE_STRCASECMP 1
#define HAVE_STRDUP 1
#define HAVE_STRTOLL 1
#define HAVE_STRTOULL 1
#define HAVE_STRUCT_TM_TM_ZONE 1
#define HAVE_STDBOOL_H 1
#define HAVE_STRINGS_H 1
#define HAVE_UNISTD_H 1
#define HAVE_DIRENT_H 1
#define SIZEOF_OFF_T 8
#define SIZEOF_SIZE_T 4
#define PACKAGE "libzip"
#define VERSION "1.7.3"
END
    {
        printf '#pragma once\n#include <stdint.h>\n#define LIBZIP_VERSION "1.7.3"\n#define ZIP_STATIC 1\n#define _Nullable\n#define _Nonnull\n'
        local bits
        for bits in 8 16 32 64; do
            printf 'typedef int%d_t zip_int%d_t;\ntypedef uint%d_t zip_uint%d_t;\n' $bits $bits $bits $bits
            printf '#define ZIP_INT%d_MIN INT%d_MIN\n#define ZIP_INT%d_MAX INT%d_MAX\n#define ZIP_UINT%d_MAX UINT%d_MAX\n' \
                $bits $bits $bits $bits $bits $bits
        done
    } >zipconf.h
    # The errors' kinds and texts, out of the comments that name them.
    {
        printf '#include "zipint.h"\n#define N ZIP_ET_NONE\n#define S ZIP_ET_SYS\n#define Z ZIP_ET_ZLIB\n'
        printf 'const char *const _zip_err_str[] = {\n'
        sed -n 's/^#define ZIP_ER_[A-Z_0-9]* [0-9]* *\/\* [NSZ] \(.*[^ ]\) *\*\/.*/"\1",/p' zip.h
        printf '};\nconst int _zip_nerr_str = sizeof(_zip_err_str) / sizeof(_zip_err_str[0]);\nconst int _zip_err_type[] = {\n'
        sed -n 's/^#define ZIP_ER_[A-Z_0-9]* [0-9]* *\/\* \([NSZ]\) .*/\1,/p' zip.h
        printf '};\n'
    } >zip_err_str.c
    # Without other compressions, encryption and other systems' files.
    mapfile -t files < <(ls zip_*.c | grep -vE 'crypto|win32|uwp|winzip|algorithm_(bzip2|xz|zstd)')
    archive zip -DHAVE_CONFIG_H -I. -- "${files[@]}"
    cp zip.h zipconf.h "$prefix/include"
    describe libzip 1.7.3 -lzip zlib
}

lib_lcms() {
    cd "$libs/src/lcms2/src"
    archive lcms2 -I../include -- cms*.c
    cp ../include/lcms2{,_plugin}.h "$prefix/include"
    describe lcms2 2.14 -llcms2
}

lib_fmt() {
    cd "$libs/src/fmtlib"
    archive fmt -std=c++17 -Iinclude -- src/format.cc src/os.cc
    cp -r include/fmt "$prefix/include"
}

lib_stb() {
    local name
    mkdir -p "$libs/build/stb_sources"
    for name in stb_image:STB_IMAGE stb_rect_pack:STB_RECT_PACK stb_truetype:STB_TRUETYPE; do
        printf '#define %s_IMPLEMENTATION\n#include <%s.h>\n' "${name#*:}" "${name%:*}" >"$libs/build/stb_sources/${name%:*}.c"
    done
    archive stb -I"$prefix/include/stb" -- "$libs"/build/stb_sources/*.c
    describe stb 0 -lstb "" stb
}

lib_imgui() {
    cd "$libs/src/imgui"
    archive imgui -I. -Ibackends -I"$prefix/include/stb" -I"$prefix/include/freetype2" -DIMGUI_IMPL_OPENGL_ES3 -- \
        imgui{,_draw,_tables,_widgets}.cpp backends/imgui_impl_{glfw,opengl3}.cpp misc/freetype/imgui_freetype.cpp
    mkdir -p "$prefix/include/imgui/backends"
    cp ./im*.h misc/freetype/imgui_freetype.h "$prefix/include/imgui"
    cp backends/imgui_impl_{glfw,opengl3}.h "$prefix/include/imgui/backends"
    describe imgui 1.86 -limgui stb imgui
}

libraries=(headers zlib libpng freetype pixman cairo libjpeg libwebp giflib libzip lcms fmt stb imgui)

# Puts a library's headers in place and lists what is to be compiled, where its recipe is new.
prepare() {   # prepare <library>
    local stamp=$libs/stamps/$1 recipe rules=$libs/build/$1.ninja
    recipe=$(declare -f "lib_$1" archive && printf '%s\n' "$suite")
    if [[ -e $stamp && $(<"$stamp") == "$recipe" ]]; then return; fi
    : >"$rules"
    # In a shell of its own, which ends at the first fault; it would not inside of a condition.
    (set -e; "lib_$1") >"$libs/build/$1.log" 2>&1 </dev/null &
    if ! wait $!; then
        tail -40 "$libs/build/$1.log" >&2
        say "$1 could not be built for the web; the whole log is $libs/build/$1.log."
        return 1
    fi
    printf '%s' "$recipe" >"$stamp"
}

# emcc takes a second and a half to start the compiler; we ask it once how it does so.
write_rules() {
    local compiler launcher=
    compiler=$(emcc -v -E -x c /dev/null 2>&1 | sed -n 's/^ *"\([^"]*\/clang[^"]*\)" .*/\1/p' | head -1)
    compiler=${compiler/clang++/clang}   # it names either
    if command -v ccache >/dev/null; then launcher="ccache "; fi
    cat <<END
cflags = $(emcc "${flags[@]}" -sSUPPORT_LONGJMP=wasm --cflags) -Iprefix/include
rule c
  command = $launcher$compiler \$cflags \$options -MD -MF \$out.d -c \$in -o \$out
  deps = gcc
  depfile = \$out.d
rule cxx
  command = $launcher${compiler/clang/clang++} \$cflags \$options -MD -MF \$out.d -c \$in -o \$out
  deps = gcc
  depfile = \$out.d
rule archive
  command = rm -f \$out && ${compiler/clang/llvm-ar} qcs \$out \$in
$(printf 'include build/%s.ninja\n' "${libraries[@]}")
END
}

fetch_sources || exit
if [[ ${1-} == --fetch ]]; then exit; fi
for library in "${libraries[@]}"; do prepare "$library"; done
write_rules >"$libs/build.ninja"
begun=$SECONDS
if ! quietly "$libs/build.log" ninja -C "$libs" -j "$(nproc)"; then
    say "The libraries could not be built for the web; the compiler's messages stand above."
    exit 1
fi
if ! grep -q "no work to do" "$libs/build.log"; then say "Built the libraries for the web in $((SECONDS - begun)) s."; fi
