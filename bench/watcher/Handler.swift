import APIServerSupport
import Kubernetes
import ObjectSupport
import Platform
import Synchronization

/// Answers streaming lists of services and slices from memory, then changes slices one by one.
final class Handler: RequestHandler {
    private let format: ObjectFormat
    /// The answers' bytes, in pieces as a server would send them.
    private let services: [[UInt8]]
    private let slices: [[UInt8]]
    private let changes: [[UInt8]]
    private let nothing: [[UInt8]]
    private let watch = Mutex<ResponseStream?>(nil)

    init(_ cluster: Cluster, _ format: ObjectFormat, changes: Int) throws(ObjectError) {
        self.format = format
        var services: [[UInt8]] = []
        var slices: [[UInt8]] = []
        for number in 0..<cluster.services {
            services.append(try format.event("ADDED", padded: cluster.service(number)))
            slices.append(try format.event("ADDED", padded: try cluster.slice(number)))
        }
        self.services = services + [format.endOfList]
        self.slices = slices + [format.endOfList]
        nothing = [format.endOfList]
        var events: [[UInt8]] = []
        for number in 0..<changes {
            let slice = try cluster.slice(number % cluster.services, round: 1 + number)
            events.append(try format.event("MODIFIED", padded: slice))
        }
        self.changes = events
    }

    var bytes: [UInt8] { (services + slices).flatMap(\.self) }

    func respond(to request: ServerRequest, with stream: ResponseStream) {
        let isSlices = request.path.hasPrefix("/apis/discovery.k8s.io/v1/endpointslices?")
        let isServices = request.path.hasPrefix("/api/v1/services?")
        stream.begin(200, [("content-type", format.contentType)])
        // There is nothing of any other kind.
        for piece in isSlices ? slices : isServices ? services : nothing { stream.write(piece) }
        if isSlices { watch.withLock { $0 = stream } }
    }

    /// Sends the changes, so many a second.
    func change(perSecond rate: Int) {
        guard let stream = watch.withLock({ $0 }) else { return }
        for event in changes {
            stream.write(event)
            sleep(for: .seconds(1) / rate)
        }
    }
}

extension ObjectFormat {
    fileprivate var contentType: String {
        self == .json ? "application/json" : "application/vnd.kubernetes.protobuf;stream=watch"
    }

    fileprivate func event<Object: KubernetesObject>(
        _ type: String, padded object: Object
    ) throws(ObjectError) -> [UInt8] {
        event(type, around: alone(padded(try item(object)), of: Object.kind))
    }

    fileprivate var endOfList: [UInt8] {
        let mark = "k8s.io/initial-events-end"
        let object: [UInt8]
        switch self {
        case .json:
            object = Array(
                #"{"metadata":{"resourceVersion":"9000000","annotations":{"\#(mark)":"true"}}}"#
                    .utf8)
        case .protobuf:
            let entry = content(1, Array(mark.utf8)) + content(2, Array("true".utf8))
            object = content(1, content(6, Array("9000000".utf8)) + content(12, entry))
        }
        return event("BOOKMARK", around: alone(object, of: .service))
    }

    /// The object with what real ones carry and nobody here reads: who manages which field.
    fileprivate func padded(_ object: [UInt8]) -> [UInt8] {
        let managed = Array(String(repeating: #"{\"f:spec\":{}},"#, count: 25).utf8)
        switch self {
        case .json: return object.dropLast() + Array(#","x":""#.utf8) + managed + Array("\"}".utf8)
        case .protobuf: return object + content(17, managed)
        }
    }

    /// A protobuf field of up to 16,383 bytes.
    private func content(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        let tag = UInt64(number) << 3 | 2
        return varint(tag) + varint(UInt64(bytes.count)) + bytes
    }

    private func varint(_ value: UInt64) -> [UInt8] {
        value < 0x80
            ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
    }
}
