import JSON
package import Kubernetes
import Support

/// Answers requests about objects.
struct APIAnswers: Sendable {
    let objects: APIObjects
    private let settings: APIServerSettings

    /// What became of a request.
    enum Outcome {
        case answered
        /// The answer goes on for so many seconds at most.
        case watches(Int?)
    }

    init(_ objects: APIObjects, _ settings: APIServerSettings) {
        self.objects = objects
        self.settings = settings
    }
}

extension APIAnswers {
    func answer(_ request: WholeRequest, to outlet: Outlet) -> Outcome {
        let asked = APIRequest(request, settings)
        do throws(ObjectError) {
            switch (asked.method, asked.path) {
            case ("GET", .objects(let kind, _)):
                return try asked.isSet("watch")
                    ? watch(kind, asked, outlet) : list(kind, asked, outlet)
            case ("GET", .object(let kind, let key)): try find(kind, key, asked, outlet)
            case ("GET", .other(let path)): try tell(path, asked, outlet)
            // Nobody is to change objects: events about nodes, and nodes' states, are thrown away.
            case ("POST", .other):
                let type = request.fields["content-type"] ?? ObjectFormat.json.contentType
                outlet.send(HTTPAnswer.whole(201, type, request.body))
            case ("PATCH", .object(let kind, let key)): try find(kind, key, asked, outlet)
            default: try refuse(405, "MethodNotAllowed", asked, outlet)
            }
        } catch {
            outlet.send(HTTPAnswer.whole(500, "text/plain", Array("\(error)\n".utf8)))
        }
        return .answered
    }

    private func find(
        _ kind: Kind, _ key: ObjectKey, _ asked: APIRequest, _ outlet: Outlet
    ) throws(ObjectError) {
        guard let object = objects.find(kind, key) else {
            return try refuse(404, "NotFound", asked, outlet)
        }
        let item = try asked.format.managedItem(object)
        let body = asked.format.alone(item, of: kind)
        outlet.send(HTTPAnswer.whole(200, asked.format.contentType, body))
    }

    private func tell(
        _ path: String, _ asked: APIRequest, _ outlet: Outlet
    ) throws(ObjectError) {
        if ["/healthz", "/livez", "/readyz"].contains(path) {
            return outlet.send(HTTPAnswer.whole(200, "text/plain", Array("ok".utf8)))
        }
        guard let document = Discovery.document(path) else {
            return try refuse(404, "NotFound", asked, outlet)
        }
        outlet.send(
            HTTPAnswer.whole(200, ObjectFormat.json.contentType, Array(document.text.utf8)))
    }

    func refuse(
        _ code: Int32, _ reason: String, _ asked: APIRequest, _ outlet: Outlet
    ) throws(ObjectError) {
        let body = try asked.format.refusal(ServerStatus(code, reason))
        outlet.send(HTTPAnswer.whole(Int(code), asked.format.contentType, body))
    }
}

extension ServerStatus {
    init(_ code: Int32, _ reason: String) {
        self.init()
        status = "Failure"
        message = reason
        self.reason = reason
        self.code = code
    }
}

extension ObjectFormat {
    /// As HTTP names it.
    package var contentType: String {
        self == .json ? "application/json" : "application/vnd.kubernetes.protobuf"
    }
}
