# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of the program shares, and the checks on its layers.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(DIPLOSCOPE_CCACHE ccache)
if(DIPLOSCOPE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${DIPLOSCOPE_CCACHE}")
endif()

if(DIPLOSCOPE_SANITIZE)
  add_compile_options(-fsanitize=${DIPLOSCOPE_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${DIPLOSCOPE_SANITIZE})
endif()

# Every target of ours: warnings, include root of its layer.
function(diploscope_target name)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wshadow -Wconversion
                         $<$<BOOL:${DIPLOSCOPE_WERROR}>:-Werror>)
endfunction()

# All .cpp files below the named folders of the current layer.
function(diploscope_sources out)
  set(patterns ${ARGN})
  list(TRANSFORM patterns APPEND "/*.cpp")
  file(GLOB found CONFIGURE_DEPENDS ${patterns})
  set(${out} ${found} PARENT_SCOPE)
endfunction()

function(_diploscope_collect_links target seen)
  get_target_property(links ${target} LINK_LIBRARIES)
  get_target_property(interface ${target} INTERFACE_LINK_LIBRARIES)
  set(all ${${seen}})
  foreach(link IN LISTS links interface)
    if(link AND NOT link IN_LIST all)
      list(APPEND all ${link})
      if(TARGET ${link})
        _diploscope_collect_links(${link} all)
      endif()
    endif()
  endforeach()
  set(${seen} ${all} PARENT_SCOPE)
endfunction()

# The arrows are app -> ui -> core. Configure fails if core reaches Qt, directly or through another target, or if a
# header outside the torch module includes torch.
function(diploscope_check_layers)
  foreach(target diploscope_core diploscope_torch)
    set(links "")
    _diploscope_collect_links(${target} links)
    foreach(link IN LISTS links)
      if(link MATCHES "Qt[0-9]*::|libQt[0-9]|diploscope_ui")
        message(FATAL_ERROR "${target} links ${link}. core must not know Qt: move what needs it to ui/.")
      endif()
    endforeach()
  endforeach()
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/app/*.h" "${PROJECT_SOURCE_DIR}/core/*.h"
       "${PROJECT_SOURCE_DIR}/ui/*.h")
  foreach(header IN LISTS headers)
    file(STRINGS "${header}" torch_lines REGEX "#include <(torch|ATen|c10)/")
    if(torch_lines AND NOT header MATCHES "/core/predict/torch/")
      message(FATAL_ERROR "${header} includes torch. Torch headers stay in .cpp files of core/predict/torch.")
    endif()
    file(STRINGS "${header}" qt_lines REGEX "#include <Q[A-Z]")
    if(qt_lines AND header MATCHES "/core/")
      message(FATAL_ERROR "${header} includes Qt. core must not know Qt.")
    endif()
  endforeach()
endfunction()
