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

Result<const AnnDataWriter*> loadHdf5() {
    using OpenWriter = const AnnDataWriter* (*)(int);
    DS_ASSIGN(void* const entry, openProgramModule(hdf5Module, "diploscopeAnnDataWriter"));
    const AnnDataWriter* writer = reinterpret_cast<OpenWriter>(entry)(kAnnDataInterfaceVersion);
    if (writer == nullptr)
        return moduleOfAnotherVersion(hdf5Module);
    return writer;
}

} // namespace

Result<const AnnDataWriter*> annDataWriter() {
    static const Result<const AnnDataWriter*> writer = loadHdf5();
    return writer;
}

} // namespace diploscope
