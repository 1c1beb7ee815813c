// SPDX-License-Identifier: GPL-3.0-or-later
// All of it is in the header; Qt writes the code of signals by source file.
#include "views/update_pacer.h"
