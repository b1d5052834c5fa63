# Sourced by ./run and ./check, which set $root: installs missing packages, configures, builds. All messages go to
# standard error, so that standard output contains only what the program prints.

# Use the compiler cache if there is one.
if command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
    export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
fi

say() { printf '%s\n' "$*" >&2; }

# quietly <log> <command...>: shows what the command prints only if it fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null && return
    cat "$log" >&2
    return 1
}

# The packages for these uses that are not installed. Calls dpkg-query only once, because every ./run does this.
missing_packages() {   # missing_packages <use...>
    local use name reason one installed
    local -a wanted=()
    while read -r use name reason; do
        if [[ " $* " == *" $use "* ]]; then wanted+=("$name"); fi
    done <"$root/scripts/packages.txt"
    # shellcheck disable=SC2048,SC2086   # "a|b" means two names here
    installed=$'\n'$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' ${wanted[*]//[|?]/ } 2>/dev/null || true)$'\n'
    for name in "${wanted[@]}"; do
        for one in ${name//[|?]/ }; do
            [[ $installed == *$'\n'"installed $one"$'\n'* ]] && continue 2
        done
        printf '%s\n' "$name"
    done
}

# Installs missing packages with apt-get.
install_packages() {   # install_packages <use...>
    command -v dpkg-query >/dev/null || return 0   # another system: CMake reports what is missing
    local log=$root/build/apt.log passed_over=$root/build/packages_not_in_apt name one
    local -a missing known=() sudo=()
    mapfile -t missing < <(missing_packages "$@")
    # A release may lack a package. It is skipped with one message; if it is required, CMake reports it.
    if [[ -e $passed_over && ${#missing[@]} -gt 0 ]]; then
        mapfile -t missing < <(printf '%s\n' "${missing[@]}" | grep -vxFf "$passed_over")
    fi
    # If nothing else is missing, what this release does not have needs no update of apt's lists.
    if [[ ${#missing[@]} -gt 0 && $(printf '%s\n' "${missing[@]}" | grep -cv '?$') -eq 0 ]]; then
        local -a there=()
        mkdir -p "$root/build"
        for name in "${missing[@]}"; do
            if apt-cache show "${name%\?}" >/dev/null 2>&1; then there+=("$name"); else printf '%s\n' "$name" >>"$passed_over"; fi
        done
        missing=("${there[@]}")
    fi
    if [[ ${#missing[@]} -eq 0 ]]; then return 0; fi

    local -a named=()
    for name in "${missing[@]}"; do
        [[ $name == *\? ]] && ! apt-cache show "${name%\?}" >/dev/null 2>&1 && continue
        one=${name%%|*}
        named+=("${one%\?}")
    done
    local command="apt-get install --no-install-recommends ${named[*]}"
    if [[ $(id -u) -ne 0 ]]; then
        if ! command -v sudo >/dev/null; then
            say "Convloom needs packages that are not installed, and installing them takes root or sudo. As root, run:"
            say "  apt-get update && $command"
            return 1
        fi
        sudo=(sudo)
    fi
    say "Convloom needs packages that are not installed; ${sudo[*]:+sudo }apt-get installs them now, which may take a few minutes:"
    say "  ${named[*]}"
    if [[ ${#sudo[@]} -gt 0 ]] && ! sudo -v; then
        say "sudo did not grant access. As root, run:"
        say "  apt-get update && $command"
        return 1
    fi
    # An update can fail for one source of several while the packages are still available.
    quietly "$log" "${sudo[@]}" apt-get -q update || say "apt-get update failed; trying with the existing package lists."
    for name in "${missing[@]}"; do
        for one in ${name//[|?]/ }; do
            if apt-cache show "$one" >/dev/null 2>&1; then
                known+=("$one")
                continue 2
            fi
        done
        [[ $name == *\? ]] || say "apt does not know the package ${name//|/ or }; continuing without it."
        printf '%s\n' "$name" >>"$passed_over"
    done
    if [[ ${#known[@]} -eq 0 ]]; then return 0; fi
    quietly "$log" "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${known[@]}" && return
    say "apt-get could not install the packages; see its messages above."
    return 1
}

# Whether the build folder is configured for this source folder; a folder that was moved or copied is not.
configured() {   # configured <preset>
    [[ -e $root/build/$1/build.ninja ]] &&
        grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$root/build/$1/CMakeCache.txt"
}

configure() {   # configure <preset> [option...]
    local fresh=()
    configured "$1" || fresh=(--fresh)
    (cd "$root" && quietly "build/configure_$1.log" cmake "${fresh[@]}" --preset "$@") && return
    say "CMake could not configure the build; see its messages above."
    return 1
}

# build <preset> [target...]: prints nothing if there is nothing to compile, otherwise one line of progress.
build() {
    local tree=$root/build/$1 log=$root/build/build_$1.log line told=
    shift
    if NINJA_STATUS='[%f/%t] ' ninja -C "$tree" "$@" 2>&1 </dev/null | tee "$log" | while read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (Building|Linking|Generating) ]] || continue
        if [[ -t 2 ]]; then
            printf '\rBuilding Convloom: %d of %d ' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >&2
        elif [[ -z $told ]]; then
            say "Building Convloom, ${BASH_REMATCH[2]} steps."
        fi
        told=yes
    done; then
        if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
        return 0
    fi
    cat "$log" >&2
    say "The build failed; see the compiler's messages above."
    return 1
}
