// SPDX-License-Identifier: GPL-3.0-or-later
// The machine's BLAS, brought along by a module that does nothing else.

extern "C" {

int dgemm_();

/// Nobody calls it: that it is named here is why the BLAS is loaded with this module.
[[gnu::visibility("default"), gnu::used]] int (*diploscopeBlas)() = dgemm_;
}
