# SPDX-License-Identifier: GPL-3.0-or-later
# The libraries that core stands on, LibTorch and BLAS aside; included by core and by the fuzz targets, which
# compile some of core's files on their own.
find_package(PkgConfig REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(HTSLIB REQUIRED IMPORTED_TARGET htslib>=1.16)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash>=0.8)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip>=1.7)

# Those that its headers include, and those that only its own files do.
set(DIPLOSCOPE_CORE_PUBLIC_LIBRARIES Eigen3::Eigen fmt::fmt nlohmann_json::nlohmann_json Threads::Threads Boost::headers)
set(DIPLOSCOPE_CORE_PRIVATE_LIBRARIES PkgConfig::HTSLIB PkgConfig::LIBZIP PkgConfig::XXHASH OpenSSL::Crypto SQLiteCpp sqlite3 ZLIB::ZLIB)
