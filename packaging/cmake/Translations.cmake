# SPDX-License-Identifier: GPL-3.0-or-later
# Every resources/translations/diploscope_LANGUAGE.ts becomes a part of the program.

# diploscope_translations(OUT): has lrelease compile them, and says which source has them as the resource `translations`.
function(diploscope_translations out)
  file(GLOB texts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/resources/translations/diploscope_*.ts")
  set(entries "")
  set(compiled "")
  foreach(text IN LISTS texts)
    get_filename_component(name "${text}" NAME_WE)
    set(file "${CMAKE_CURRENT_BINARY_DIR}/${name}.qm")
    add_custom_command(OUTPUT "${file}" COMMAND Qt6::lrelease -silent "${text}" -qm "${file}" DEPENDS "${text}" VERBATIM)
    list(APPEND compiled "${file}")
    string(APPEND entries "    <file alias=\"${name}.qm\">${file}</file>\n")
  endforeach()
  set(list "${CMAKE_CURRENT_BINARY_DIR}/translations.qrc")
  file(CONFIGURE OUTPUT "${list}" CONTENT
"<RCC>
  <qresource prefix=\"/diploscope/translations\">
${entries}  </qresource>
</RCC>
" @ONLY)
  # By hand, as AUTORCC wants the files before they are made.
  set(source "${CMAKE_CURRENT_BINARY_DIR}/qrc_translations.cpp")
  add_custom_command(OUTPUT "${source}" COMMAND Qt6::rcc --name translations -o "${source}" "${list}"
                     DEPENDS "${list}" ${compiled} VERBATIM)
  set_source_files_properties("${source}" PROPERTIES SKIP_AUTOGEN ON SKIP_UNITY_BUILD_INCLUSION ON
                              SKIP_PRECOMPILE_HEADERS ON)
  set(${out} "${source}" PARENT_SCOPE)
endfunction()
