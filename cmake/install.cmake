# cmake --install and cpack: the program, its desktop entry, icons, manual page, completions and documents. What the program says of itself
# is asked of it, so installing takes a program that runs here.
include(GNUInstallDirs)
set(desktop ${PROJECT_SOURCE_DIR}/assets/desktop)
set(app_id org.convloom.Convloom)
string(TIMESTAMP CONVLOOM_RELEASE_DATE "%Y-%m-%d" UTC)   # SOURCE_DATE_EPOCH's, if it is set
string(TIMESTAMP CONVLOOM_RELEASE_TIME "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${desktop}/${app_id}.metainfo.xml.in ${CMAKE_BINARY_DIR}/install/${app_id}.metainfo.xml @ONLY)

# Debian's own form of a changelog points to ours.
configure_file(${desktop}/changelog.in ${CMAKE_BINARY_DIR}/install/changelog @ONLY)

install(TARGETS convloom RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(CONVLOOM_GUI)
  install(FILES ${desktop}/${app_id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES ${desktop}/${app_id}.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
  install(FILES ${CMAKE_BINARY_DIR}/install/${app_id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES ${desktop}/${app_id}.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
  # Desktops that draw no SVG take these; without rsvg-convert there are none.
  find_program(RSVG_CONVERT rsvg-convert)
  if(RSVG_CONVERT)
    foreach(side 16 24 32 48 64 128 256 512)
      set(icon ${CMAKE_BINARY_DIR}/install/${side}/${app_id}.png)
      install(CODE "
        file(MAKE_DIRECTORY [==[${CMAKE_BINARY_DIR}/install/${side}]==])
        execute_process(COMMAND [==[${RSVG_CONVERT}]==] -w ${side} -h ${side} [==[${desktop}/${app_id}.svg]==] -o [==[${icon}]==] COMMAND_ERROR_IS_FATAL ANY)")
      install(FILES ${icon} DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${side}x${side}/apps)
    endforeach()
  endif()
endif()

find_package(Python3 COMPONENTS Interpreter REQUIRED)
set(made ${CMAKE_BINARY_DIR}/install)
find_program(GZIP gzip REQUIRED)
install(CODE "
  execute_process(COMMAND [==[${Python3_EXECUTABLE}]==] [==[${PROJECT_SOURCE_DIR}/scripts/make_manual.py]==] [==[$<TARGET_FILE:convloom>]==] [==[${made}]==] COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND [==[${GZIP}]==] -9nfk convloom.1 WORKING_DIRECTORY [==[${made}]==] COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND [==[${GZIP}]==] -9nc [==[${PROJECT_SOURCE_DIR}/CHANGELOG.md]==] OUTPUT_FILE [==[${made}/NEWS.gz]==] COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND [==[${GZIP}]==] -9nc [==[${made}/changelog]==] OUTPUT_FILE [==[${made}/changelog.gz]==] COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${made}/convloom.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${made}/convloom.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME convloom)
install(FILES ${made}/_convloom DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${made}/convloom.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${desktop}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${made}/NEWS.gz ${made}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(EXISTS ${PROJECT_SOURCE_DIR}/python/convloom)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/python/convloom DESTINATION lib/python3/dist-packages PATTERN "__pycache__" EXCLUDE)
endif()

# cpack -G DEB, and TXZ for other systems with the same libraries.
set(CPACK_PACKAGE_NAME convloom)
set(CPACK_PACKAGE_CONTACT "The Convloom authors <convloom@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "step through convolutions, product by product")
set(CPACK_PACKAGE_DESCRIPTION "Convloom shows every step of a convolution: the window over the input, the
products, the sum and the output cell, for 1D, 2D and 3D layers, dilated,
transposed, grouped and depthwise ones, and pooling. It reads layers as
PyTorch, Keras or ONNX code, filters photos, and exports pictures,
animations, slides and pages.")
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB TXZ)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libgl1")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libgl1-mesa-dri, zenity | kdialog, xclip | wl-clipboard")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "ffmpeg, python3-numpy")
include(CPack)
