# convloom_embed(<target> <namespace> FILES <file>...)
#
# Creates a static library <target> that contains the bytes of the files, and a header "<target>.hpp" with
#   std::optional<std::string_view> <namespace>::file(std::string_view name);   // by base name
#   std::span<const std::string_view> <namespace>::names();                     // in the given order
# The assembler's .incbin includes the bytes, so a megabyte of font takes no compile time.
function(convloom_embed target namespace)
  cmake_parse_arguments(ARG "" "" "FILES" ${ARGN})
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/${target})
  set(assembly "")
  set(externs "")
  set(entries "")
  set(names "")
  set(n 0)
  set(section ".section .rodata\n")
  set(end ".section .note.GNU-stack,\"\",%progbits\n")
  if(EMSCRIPTEN)   # WebAssembly's objects have data in sections of their own, and sizes
    set(section "")
    set(end "")
  endif()
  foreach(path IN LISTS ARG_FILES)
    get_filename_component(path ${path} ABSOLUTE)
    get_filename_component(name ${path} NAME)
    set(symbol ${target}_${n})
    if(EMSCRIPTEN)
      string(APPEND assembly
        ".section .rodata.${symbol},\"\",@\n.globl ${symbol}_begin\n${symbol}_begin:\n.incbin \"${path}\"\n"
        ".globl ${symbol}_end\n${symbol}_end:\n.int8 0\n.size ${symbol}_begin, ${symbol}_end - ${symbol}_begin\n.size ${symbol}_end, 1\n")
    else()
      string(APPEND assembly
        ".global ${symbol}_begin\n${symbol}_begin:\n.incbin \"${path}\"\n"
        ".global ${symbol}_end\n${symbol}_end:\n.byte 0\n")
    endif()
    string(APPEND externs "extern \"C\" const char ${symbol}_begin[], ${symbol}_end[];\n")
    string(APPEND entries "    if (name == \"${name}\") return bytes(${symbol}_begin, ${symbol}_end);\n")
    string(APPEND names "    \"${name}\",\n")
    math(EXPR n "${n} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${dir}/${target}.S @ONLY CONTENT
    "@section@@assembly@@end@")
  file(CONFIGURE OUTPUT ${dir}/${target}.hpp @ONLY CONTENT
"#pragma once
#include <optional>
#include <span>
#include <string_view>
namespace @namespace@ {
std::optional<std::string_view> file(std::string_view name);
std::span<const std::string_view> names();
}
")
  file(CONFIGURE OUTPUT ${dir}/${target}.cpp @ONLY CONTENT
"#include \"@target@.hpp\"
#include <cstddef>
@externs@
namespace @namespace@ {
static std::string_view bytes(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}
static constexpr std::string_view all_names[] = {
@names@};
std::optional<std::string_view> file(std::string_view name) {
@entries@    return std::nullopt;
}
std::span<const std::string_view> names() { return all_names; }
}
")
  set_source_files_properties(${dir}/${target}.S PROPERTIES OBJECT_DEPENDS "${ARG_FILES}")
  add_library(${target} STATIC ${dir}/${target}.cpp ${dir}/${target}.S)
  target_include_directories(${target} PUBLIC ${dir})
endfunction()
