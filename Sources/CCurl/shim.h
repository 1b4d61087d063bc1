// What Swift cannot call: curl_easy_setopt and curl_easy_getinfo take a variable number of arguments. Everything is
// inline, so that no library is built of it.
#pragma once
#include <curl/curl.h>

static inline CURLcode curl_set_text(CURL *curl, CURLoption option, const char *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode curl_set_number(CURL *curl, CURLoption option, long value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode curl_set_list(CURL *curl, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(curl, option, value);
}

// `size` bytes at `body`, which are copied.
static inline CURLcode curl_set_body(CURL *curl, const void *body, long size) {
    CURLcode result = curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, size);
    return result == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, (const char *)body) : result;
}

static inline CURLcode curl_set_reader(CURL *curl, curl_read_callback read, void *from) {
    CURLcode result = curl_easy_setopt(curl, CURLOPT_READFUNCTION, read);
    return result == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_READDATA, from) : result;
}

static inline CURLcode curl_set_writer(CURL *curl, curl_write_callback write, void *to) {
    CURLcode result = curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, write);
    return result == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_WRITEDATA, to) : result;
}

// The code of the last answer of whichever protocol; 0 when there was none.
static inline long curl_answer(CURL *curl) {
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    return code;
}

// Whether a connection stood, with its TLS where that was asked for.
static inline int curl_was_connected(CURL *curl) {
    curl_off_t time = 0;
    curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &time);
    return time > 0;
}
