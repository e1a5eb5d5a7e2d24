// libcurl's easy and multi interfaces. Its setters take a variable number of arguments, which Swift
// cannot call: here is one function for each type of value.
#include <curl/curl.h>

#if LIBCURL_VERSION_NUM < 0x075500
#error "Weft needs libcurl 7.85 or newer"
#endif

// curl.h defines macros of the setters' own names that check types; a wrapper's option is a
// variable, which they cannot check.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

static inline CURLcode weft_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode weft_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode weft_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode weft_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *list) {
    return curl_easy_setopt(easy, option, list);
}

/// libcurl keeps a copy of the bytes.
static inline CURLcode weft_curl_set_bytes(CURL *easy, CURLoption option, const void *bytes,
                                           size_t length) {
    struct curl_blob blob = {(void *)bytes, length, CURL_BLOB_COPY};
    return curl_easy_setopt(easy, option, &blob);
}

/// libcurl keeps a copy of the body.
static inline CURLcode weft_curl_set_body(CURL *easy, const void *bytes, size_t length) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    return code ? code : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, length ? bytes : "");
}

/// What libcurl calls for an answer's head and body, and once it is connected.
static inline CURLcode weft_curl_set_callbacks(CURL *easy, curl_write_callback head,
                                               curl_write_callback body,
                                               curl_prereq_callback connected, void *context) {
    CURLcode code = CURLE_OK;
    if (!code) code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, head);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, connected);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_PRIVATE, context);
    return code;
}

/// A number that libcurl knows of a transfer, 0 where it does not.
static inline long weft_curl_number(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline CURLMcode weft_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline void weft_curl_multi_set_callbacks(CURLM *multi, curl_socket_callback socket,
                                                 curl_multi_timer_callback timer, void *context) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

/// The context of the next transfer that is done and how it went, or a null pointer.
static inline void *weft_curl_multi_done(CURLM *multi, CURLcode *result) {
    void *context = NULL;
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &context);
        break;
    }
    return context;
}
