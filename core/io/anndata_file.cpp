// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/anndata_file.h"

#include "base/program_module.h"

namespace diploscope {

namespace {

constexpr ProgramModule hdf5Module{
    .file = "libdiploscope_hdf5.so",
    .name = "HDF5 module",
    .library = "HDF5",
    .whereMissing =
        "Install the program completely; of a build of your own: install HDF5 (Debian: libhdf5-dev) "
        "and build again. All tables are also there as TSV.",
    .whereUnusable =
        "Install HDF5 (Debian: libhdf5-103-1 or libhdf5-310) in the version that this program was "
        "built with."};

} // namespace

Result<const AnnDataWriter*> annDataWriter() {
    static const Result<const AnnDataWriter*> writer =
        openInterface<AnnDataWriter>(hdf5Module, "diploscopeAnnDataWriter", kAnnDataInterfaceVersion);
    return writer;
}

} // namespace diploscope
