import CCurl

/// One request as libcurl keeps it.
@safe struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var places: UnsafeMutablePointer<curl_slist>?
    /// Where libcurl writes what exactly went wrong.
    private let note: UnsafeMutablePointer<CChar>

    init() throws(TransportError) {
        guard let pointer = unsafe curl_easy_init() else { throw .noMemory }
        unsafe self.pointer = unsafe pointer
        unsafe headers = nil
        unsafe places = nil
        unsafe note = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe note.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        // Cannot fail: it is a pointer, and kept as one.
        _ = unsafe weft_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, note)
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
        unsafe curl_slist_free_all(headers)
        unsafe curl_slist_free_all(places)
        unsafe note.deallocate()
    }
}

extension EasyHandle {
    func set(_ option: CURLoption, to value: Int) throws(TransportError) {
        try check(unsafe weft_curl_set_long(pointer, option, value), option)
    }

    func set(_ option: CURLoption, to text: String) throws(TransportError) {
        try check(unsafe weft_curl_set_text(pointer, option, text), option)
    }

    /// Sets an option to bytes, of which libcurl keeps a copy.
    func set(_ option: CURLoption, to bytes: [UInt8]) throws(TransportError) {
        try check(unsafe weft_curl_set_bytes(pointer, option, bytes, bytes.count), option)
    }

    func clear(_ option: CURLoption) throws(TransportError) {
        try check(unsafe weft_curl_set_text(pointer, option, nil), option)
    }

    func setBody(_ bytes: [UInt8]) throws(TransportError) {
        try check(unsafe weft_curl_set_body(pointer, bytes, bytes.count), CURLOPT_COPYPOSTFIELDS)
    }

    mutating func setHeaders(_ lines: [String]) throws(TransportError) {
        for line in lines { try unsafe Self.append(line, to: &headers) }
        try check(
            unsafe weft_curl_set_list(pointer, CURLOPT_HTTPHEADER, headers), CURLOPT_HTTPHEADER)
    }

    /// Where to connect to, whatever the URL says.
    mutating func setPlace(_ place: String) throws(TransportError) {
        try unsafe Self.append("::\(place)", to: &places)
        try check(
            unsafe weft_curl_set_list(pointer, CURLOPT_CONNECT_TO, places), CURLOPT_CONNECT_TO)
    }

    private static func append(
        _ text: String, to list: inout UnsafeMutablePointer<curl_slist>?
    ) throws(TransportError) {
        guard let longer = unsafe curl_slist_append(list, text) else { throw .noMemory }
        unsafe list = longer
    }

    func number(_ info: CURLINFO) -> Int { unsafe weft_curl_number(pointer, info) }

    /// What exactly went wrong, if libcurl has noted it.
    var words: String? {
        let words = unsafe String(cString: note)
        return words.isEmpty ? nil : words
    }

    func pause() { unsafe curl_easy_pause(pointer, CURLPAUSE_RECV) }

    /// Goes on to receive after a pause; libcurl may call back before this returns.
    func resume() { unsafe curl_easy_pause(pointer, CURLPAUSE_CONT) }

    private func check(_ code: CURLcode, _ option: CURLoption) throws(TransportError) {
        switch code {
        case CURLE_OK: return
        case CURLE_OUT_OF_MEMORY: throw .noMemory
        default:
            let reason = "option \(option.rawValue): \(code.words)"
            throw TransportError(
                .invalidRequest, "prepare a request", reason,
                remedy: "libcurl 7.85 or newer with OpenSSL and HTTP/2 is needed")
        }
    }
}

extension CURLcode {
    /// libcurl's own words.
    var words: String { unsafe String(cString: curl_easy_strerror(self)) }
}

extension TransportError {
    static var noMemory: TransportError {
        TransportError(.outOfMemory, "prepare a request", "no memory")
    }
}
