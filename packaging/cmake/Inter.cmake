# SPDX-License-Identifier: GPL-3.0-or-later
# Inter, the type of the window and of figures, becomes a part of the program, so that both look alike on every machine and a
# figure's bytes do not hang on what fonts there are. The faces come from the machine that builds.

# diploscope_inter(OUT): writes a .qrc with the faces that are used and their licence, and says where.
function(diploscope_inter out)
  set(faces Regular Italic SemiBold SemiBoldItalic Bold BoldItalic) # as ui/charts/own_font.cpp
  find_path(DIPLOSCOPE_INTER NAMES Inter-SemiBoldItalic.otf Inter-SemiBoldItalic.ttf
            PATHS /usr/share/fonts /usr/local/share/fonts "$ENV{HOME}/.local/share/fonts" "$ENV{HOME}/.fonts"
            PATH_SUFFIXES opentype/inter truetype/inter inter Inter
            DOC "The folder with Inter's static faces, Inter-Regular.otf (or .ttf) and others")
  set(remedy "Install the package fonts-inter (Debian, Ubuntu), or unpack a release of https://github.com/rsms/inter and configure "
             "with -DDIPLOSCOPE_INTER=<its folder extras/otf>. Without the window (-DDIPLOSCOPE_UI=OFF) it is not needed.")
  string(CONCAT remedy ${remedy})
  if(NOT DIPLOSCOPE_INTER)
    message(FATAL_ERROR "The typeface Inter, which is built into the program, was not found. ${remedy}")
  endif()
  set(entries "")
  foreach(face IN LISTS faces)
    set(file "${DIPLOSCOPE_INTER}/Inter-${face}.otf")
    if(NOT EXISTS "${file}")
      set(file "${DIPLOSCOPE_INTER}/Inter-${face}.ttf")
    endif()
    if(NOT EXISTS "${file}")
      message(FATAL_ERROR "${DIPLOSCOPE_INTER} (DIPLOSCOPE_INTER) has no Inter-${face}.otf and no Inter-${face}.ttf. ${remedy}")
    endif()
    # Half of a face is won by compressing, which rcc by itself finds too little.
    string(APPEND entries "    <file threshold=\"30\" alias=\"Inter-${face}\">${file}</file>\n")
  endforeach()
  # The SIL Open Font License asks that it and the copyright notice go with every copy.
  find_file(DIPLOSCOPE_INTER_LICENCE NAMES LICENSE.txt OFL.txt copyright
            PATHS "${DIPLOSCOPE_INTER}" "${DIPLOSCOPE_INTER}/../.." /usr/share/doc/fonts-inter NO_DEFAULT_PATH
            DOC "Inter's licence: LICENSE.txt of a release, or the copyright file of the package")
  if(NOT DIPLOSCOPE_INTER_LICENCE OR NOT EXISTS "${DIPLOSCOPE_INTER_LICENCE}")
    message(FATAL_ERROR "Inter's licence, which goes with its faces, was not found beside ${DIPLOSCOPE_INTER} or in "
                        "/usr/share/doc/fonts-inter: configure with -DDIPLOSCOPE_INTER_LICENCE=<the file LICENSE.txt of a release>.")
  endif()
  file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/fonts.qrc" CONTENT
"<RCC>
  <qresource prefix=\"/diploscope/fonts\">
${entries}    <file alias=\"licence\">${DIPLOSCOPE_INTER_LICENCE}</file>
  </qresource>
</RCC>
" @ONLY)
  install(FILES "${DIPLOSCOPE_INTER_LICENCE}" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/diploscope"
          RENAME Inter-licence.txt)
  set(${out} "${CMAKE_CURRENT_BINARY_DIR}/fonts.qrc" PARENT_SCOPE)
endfunction()
