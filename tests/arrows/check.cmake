# SPDX-License-Identifier: GPL-3.0-or-later
# That configuring fails on an arrow between folders that no README lists, in a tiny tree and in copies of our own:
#   cmake -DROOT=<source tree> -DFOLDER=<to work in> -DGENERATOR=<a generator> -DMAKE=<its program> -P check.cmake
cmake_minimum_required(VERSION 3.25)

# Configures ${FOLDER}/tree, a project of one layer. `expected`: what the error is to say; empty: there is none.
function(configure case layer expected)
  file(WRITE "${FOLDER}/tree/CMakeLists.txt" "cmake_minimum_required(VERSION 3.25)\nproject(Tree LANGUAGES NONE)\n"
       "include(\"${ROOT}/packaging/cmake/Diploscope.cmake\")\ndiploscope_check_arrows(${layer})\n")
  file(REMOVE_RECURSE "${FOLDER}/build")
  execute_process(COMMAND "${CMAKE_COMMAND}" -G "${GENERATOR}" "-DCMAKE_MAKE_PROGRAM=${MAKE}" -S "${FOLDER}/tree" -B "${FOLDER}/build"
                  RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
  string(REGEX REPLACE "[ \n]+" " " said "${said}") # CMake breaks lines of its errors
  if(expected STREQUAL "" AND NOT code EQUAL 0)
    message(FATAL_ERROR "${case}: configuring fails where it should not: ${said}")
  elseif(NOT expected STREQUAL "" AND code EQUAL 0)
    message(FATAL_ERROR "${case}: configuring does not fail.")
  endif()
  string(FIND "${said}" "${expected}" found)
  if(found EQUAL -1)
    message(FATAL_ERROR "${case}: the error does not say `${expected}`: ${said}")
  endif()
  message(STATUS "${case}: as it should be")
endfunction()

# A layer of three folders: `low` knows nobody, `middle` knows `low`, and in it `middle/deep` knows what stands beside it.
function(tiny arrows)
  file(REMOVE_RECURSE "${FOLDER}/tree")
  file(WRITE "${FOLDER}/tree/layer/README.md" "# layer\n\n## Arrows\n\n```\n${arrows}```\n")
  file(WRITE "${FOLDER}/tree/layer/low/a.h" "#pragma once\n")
  file(WRITE "${FOLDER}/tree/layer/middle/deep/b.cpp" "#include \"low/a.h\"\n#include \"middle/c.h\"\n#include <vector>\n")
  file(WRITE "${FOLDER}/tree/layer/middle/c.h" "#pragma once\n")
  file(WRITE "${FOLDER}/tree/layer/whole.h" "#include \"high/d.h\"\n")
  file(WRITE "${FOLDER}/tree/layer/high/d.cpp" "#include \"elsewhere/e.h\"\n")
endfunction()

set(arrows "low:\nmiddle:  low\nmiddle/deep:  middle\nhigh:\n")
tiny("${arrows}")
configure("as listed" layer "")
file(APPEND "${FOLDER}/tree/layer/low/a.h" "#include \"middle/c.h\"\n")
configure("back" layer "layer/low/a.h includes middle, and layer/README.md does not let low do so")
tiny("${arrows}")
file(APPEND "${FOLDER}/tree/layer/high/d.cpp" "#include \"middle/c.h\"\n")
configure("not listed" layer "layer/high/d.cpp includes middle, and layer/README.md does not let high do so")
tiny("low:  middle\nmiddle:  low\nmiddle/deep:  middle\nhigh:\n")
file(APPEND "${FOLDER}/tree/layer/low/a.h" "#include \"middle/c.h\"\n")
configure("a cycle" layer "lets low include middle, which does not stand above it")
tiny("low:\nmiddle:  low\nmiddle/deep:  middle\nhigh:  low\n")
configure("listed and gone" layer "lets high include low, which no file does any more")
tiny("low:\nmiddle:  low\nmiddle/deep:  middle\n")
configure("a folder without a line" layer "The folder layer/high is not listed")
tiny("low:\nmiddle:  low\nhigh:\n")
configure("a folder in a folder without a line" layer "The folder layer/middle/deep is not listed")
tiny("${arrows}")
file(APPEND "${FOLDER}/tree/layer/middle/c.h" "#include \"middle/deep/b.h\"\n")
configure("back in a folder" layer "layer/middle/c.h includes middle/deep, and layer/README.md does not let middle do so")
tiny("low:\nmiddle:  low middle/deep\nmiddle/deep:  middle\nhigh:\n")
file(APPEND "${FOLDER}/tree/layer/middle/c.h" "#include \"middle/deep/b.h\"\n")
configure("a cycle in a folder" layer "lets middle include middle/deep, which does not stand above it")
tiny("${arrows}")
file(APPEND "${FOLDER}/tree/layer/middle/deep/b.cpp" "#include \"high/d.h\"\n")
configure("out of a folder in a folder" layer "layer/middle/deep/b.cpp includes high, and layer/README.md does not let middle do so")
tiny("${arrows}")
file(APPEND "${FOLDER}/tree/layer/low/a.h" "#include \"whole.h\"\n")
configure("the layer's own file" layer "layer/low/a.h includes whole.h, which stands in no folder of layer")

# Our own lists. A window that knew commands, say, could not be without them.
foreach(forbidden "core base/error.cpp genome base" "core stats/eqtl.cpp io stats" "ui charts/plot_chart.cpp views charts"
        "app gui/run_window.cpp cli gui" "core engines/torch/plain_locus.h engines engines/torch"
        "app cli/options/console.h cli/drawing cli/options" "app cli/main.cpp cli/drawing cli")
  separate_arguments(forbidden)
  list(POP_FRONT forbidden layer file to from)
  file(REMOVE_RECURSE "${FOLDER}/tree")
  file(COPY "${ROOT}/${layer}" DESTINATION "${FOLDER}/tree")
  configure("${layer}" ${layer} "")
  file(APPEND "${FOLDER}/tree/${layer}/${file}" "#include \"${to}/anything.h\"\n")
  configure("${layer}: ${from} to ${to}" ${layer} "${layer}/${file} includes ${to}, and ${layer}/README.md does not let ${from} do so")
endforeach()
file(REMOVE_RECURSE "${FOLDER}")
