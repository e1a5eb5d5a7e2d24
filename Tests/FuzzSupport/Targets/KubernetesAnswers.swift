import Kubernetes
import Platform

extension FuzzTargets {
    /// What API servers answer: objects, and the lists and watches they come in.
    static let kubernetesAnswers = [
        FuzzTarget("kubernetes-protobuf", corpus: objects(.protobuf)) { read(.protobuf, $0) },
        FuzzTarget("kubernetes-json", corpus: objects(.json)) { read(.json, $0) },
        FuzzTarget("kubernetes-stream", corpus: answers, run: cut),
    ]

    /// Objects of the recorded lists, each with its kind's number before it.
    private static func objects(_ format: ObjectFormat) -> [[UInt8]] {
        Kind.allCases.flatMap { kind -> [[UInt8]] in
            guard let body = recording("list-\(kind.resource.plural)", format) else { return [] }
            var stream = ObjectStream(format, .list)
            stream.receive { $0 += body }
            var objects: [[UInt8]] = []
            while let piece = try? stream.next() {
                guard case .object(let range) = piece else { continue }
                objects.append([kind.rawValue] + range.map { stream.bytes[$0] })
            }
            return objects
        }
    }

    /// Whole answers, each after a byte that says what it is and one for the size of its chunks.
    private static let answers: [[UInt8]] = [
        ("list-namespaces", ObjectFormat.protobuf, UInt8(0)), ("list-namespaces", .json, 1),
        ("list-services-limit2", .json, 1), ("watch-services", .protobuf, 2),
        ("watch-services", .json, 3), ("error-403", .json, 1),
    ].compactMap { name, format, content in
        recording(name, format).map { [content, 7] + $0 }
    }

    private static func recording(_ name: String, _ format: ObjectFormat) -> [UInt8]? {
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let suffix = format == .json ? "json" : "proto"
        let folder = "/\(tests)/KubernetesTests/Fixtures/kube-api-1.36"
        return try? File.read("\(folder)/\(name).\(suffix).body")
    }
}

/// An object that can be read is read the same again.
private func read(_ format: ObjectFormat, _ bytes: [UInt8]) {
    guard let first = bytes.first, let kind = Kind(rawValue: first % 7) else { return }
    switch kind {
    case .service: read(Service.self, format, bytes)
    case .endpointSlice: read(EndpointSlice.self, format, bytes)
    case .node: read(Node.self, format, bytes)
    case .pod: read(Pod.self, format, bytes)
    case .namespace: read(Namespace.self, format, bytes)
    case .networkPolicy: read(NetworkPolicy.self, format, bytes)
    case .serviceCIDR: read(ServiceCIDR.self, format, bytes)
    }
}

private func read<Object: KubernetesObject>(
    _ type: Object.Type, _ format: ObjectFormat, _ bytes: [UInt8]
) {
    let object = bytes.span.extracting(1..<bytes.count)
    let pool = SharingPool()
    guard let value = try? format.decode(type, object, pool) else { return }
    precondition((try? format.decode(type, object, pool)) == value, "not read the same again")
}

/// Whatever the chunks are that an answer comes in, its pieces are the same.
private func cut(_ bytes: [UInt8]) {
    guard bytes.count > 2 else { return }
    let format: ObjectFormat = bytes[0] & 1 == 0 ? .protobuf : .json
    let content: ObjectStream.Content = bytes[0] & 2 == 0 ? .list : .watch
    let body = bytes[2...]
    let whole = pieces(body, format, content, chunk: body.count)
    let chunked = pieces(body, format, content, chunk: 1 + Int(bytes[1]))
    precondition(whole == chunked, "other chunks, other pieces")
}

/// The pieces up to the first error, and whether there was one.
private func pieces(
    _ body: ArraySlice<UInt8>, _ format: ObjectFormat, _ content: ObjectStream.Content, chunk: Int
) -> [[UInt8]] {
    var stream = ObjectStream(format, content)
    var pieces: [[UInt8]] = []
    var rest = body
    do throws(ObjectError) {
        while !rest.isEmpty {
            stream.receive { $0 += rest.prefix(chunk) }
            rest = rest.dropFirst(chunk)
            while let piece = try stream.next() { pieces.append(stream.copy(of: piece)) }
        }
        pieces.append([stream.isComplete ? 1 : 0])
    } catch {
        pieces.append([2])
    }
    return pieces
}

extension ObjectStream {
    fileprivate func copy(of piece: Piece) -> [UInt8] {
        switch piece {
        case .listMeta(let range), .object(let range), .event(let range):
            range.map { bytes[$0] }
        }
    }
}
