# Starting the compiler through emcc takes more than a second for each file, and the compiler cache does not know emcc.
# So emcc is asked once how it calls clang, and clang is called directly. emcc still links.

# Exceptions by WebAssembly's own means, as the libraries have them, and its vectors of four floats.
set(wasm_flags -fwasm-exceptions -sSUPPORT_LONGJMP=wasm -msimd128)

execute_process(COMMAND ${CMAKE_C_COMPILER} ${wasm_flags} --cflags
  OUTPUT_VARIABLE cflags OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_C_COMPILER} -v -E -x c /dev/null OUTPUT_QUIET ERROR_VARIABLE told)
if(NOT told MATCHES "\"([^\"]*/)clang[+]*([-0-9.]*)\"")
  message(FATAL_ERROR "emcc does not say which clang it calls: ${told}")
endif()
set(clang_folder ${CMAKE_MATCH_1})
set(clang_version ${CMAKE_MATCH_2})

find_program(CONVLOOM_CCACHE ccache)
if(CONVLOOM_CCACHE)
  set(cache "${CONVLOOM_CCACHE} ")
endif()
set(rule "${cflags} <DEFINES> <INCLUDES> <FLAGS> -o <OBJECT> -c <SOURCE>")
set(CMAKE_C_COMPILE_OBJECT "${cache}${clang_folder}clang${clang_version} ${rule}")
set(CMAKE_CXX_COMPILE_OBJECT "${cache}${clang_folder}clang++${clang_version} ${rule}")
set(CMAKE_AR ${clang_folder}llvm-ar${clang_version})
set(CMAKE_RANLIB ${clang_folder}llvm-ranlib${clang_version})
add_link_options(${wasm_flags} -O2 -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=4GB)
