// nghttp2's sessions, which turn bytes into frames and frames into bytes.
#include <nghttp2/nghttp2.h>
