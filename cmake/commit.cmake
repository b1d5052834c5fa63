# Writes ${OUT}, a header with the commit of ${SOURCE}; empty where that is no clone, as in a source archive.
set(commit "")
if(GIT AND EXISTS ${SOURCE}/.git)
  execute_process(COMMAND ${GIT} -C ${SOURCE} rev-parse --short=12 HEAD OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
file(WRITE ${OUT} "#define CONVLOOM_COMMIT \"${commit}\"\n")
