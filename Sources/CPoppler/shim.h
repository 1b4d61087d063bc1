#include <poppler.h>
#include <cairo/cairo-pdf.h>
