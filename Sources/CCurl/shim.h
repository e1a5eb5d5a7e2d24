// libcurl's easy and multi interfaces.
#include <curl/curl.h>
