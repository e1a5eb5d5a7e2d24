import CNghttp2

func setCallbacks(_ callbacks: OpaquePointer?) {
    unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, beginHeaders)
    unsafe nghttp2_session_callbacks_set_on_header_callback(callbacks, takeHeader)
    unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, takeData)
    unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, takeFrame)
    unsafe nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, closeStream)
}

private func owner(_ context: UnsafeMutableRawPointer?) -> HTTP2Session? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<HTTP2Context>.fromOpaque(context).takeUnretainedValue().owner
}

private func beginHeaders(
    _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?,
    _ context: UnsafeMutableRawPointer?
) -> CInt {
    guard let owner = unsafe owner(context), let frame = unsafe frame?.pointee else { return 0 }
    let request = ServerRequest(
        method: "", path: "", fields: [:], body: [], version: "HTTP/2",
        connection: owner.connection)
    unsafe owner.streams[frame.hd.stream_id] = HTTP2Stream(request: request)
    return 0
}

private func takeHeader(
    _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?,
    _ name: UnsafePointer<UInt8>?, _ nameLength: Int, _ value: UnsafePointer<UInt8>?,
    _ valueLength: Int, _ flags: UInt8, _ context: UnsafeMutableRawPointer?
) -> CInt {
    guard let owner = unsafe owner(context), let frame = unsafe frame?.pointee else { return 0 }
    let stream = unsafe frame.hd.stream_id
    let name = unsafe String(
        decoding: UnsafeBufferPointer(start: name, count: nameLength), as: UTF8.self)
    let value = unsafe String(
        decoding: UnsafeBufferPointer(start: value, count: valueLength), as: UTF8.self)
    switch name {
    case ":method": owner.streams[stream]?.request.method = value
    case ":path": owner.streams[stream]?.request.path = value
    default: owner.streams[stream]?.request.fields[name] = value
    }
    return 0
}

private func takeData(
    _ session: OpaquePointer?, _ flags: UInt8, _ stream: Int32, _ bytes: UnsafePointer<UInt8>?,
    _ count: Int, _ context: UnsafeMutableRawPointer?
) -> CInt {
    let bytes = unsafe UnsafeBufferPointer(start: bytes, count: count)
    unsafe owner(context)?.streams[stream]?.request.body += unsafe Array(bytes)
    return 0
}

private func takeFrame(
    _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?,
    _ context: UnsafeMutableRawPointer?
) -> CInt {
    guard let owner = unsafe owner(context), let head = unsafe frame?.pointee.hd else { return 0 }
    let isLast = UInt32(head.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0
    let kind = UInt32(head.type)
    guard isLast, kind == NGHTTP2_HEADERS.rawValue || kind == NGHTTP2_DATA.rawValue else {
        return 0
    }
    if let stream = owner.streams[head.stream_id] {
        owner.requests.append((head.stream_id, stream.request))
    }
    return 0
}

private func closeStream(
    _ session: OpaquePointer?, _ stream: Int32, _ code: UInt32, _ context: UnsafeMutableRawPointer?
) -> CInt {
    guard let owner = unsafe owner(context) else { return 0 }
    owner.streams[stream] = nil
    owner.closed.append(stream)
    return 0
}

func readBody(
    _ session: OpaquePointer?, _ stream: Int32, _ room: UnsafeMutablePointer<UInt8>?,
    _ length: Int, _ flags: UnsafeMutablePointer<UInt32>?,
    _ source: UnsafeMutablePointer<nghttp2_data_source>?, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let owner = unsafe owner(context) else { return 0 }
    var found: UInt32 = 0
    let room = unsafe UnsafeMutableRawBufferPointer(start: room, count: length)
    let count = unsafe owner.fill(room, from: stream, &found)
    unsafe flags?.pointee |= found
    return count
}
