import JSON
import Platform

/// What a plugin answered: a token, a client certificate with its key, or both.
struct PluginCredential: Hashable, Sendable {
    var token: Secret?
    var certificatePEM: [UInt8]?
    var keyPEM: Secret?
    /// Without one it is good until the server refuses it.
    var expires: WallTime?
}

extension PluginCredential {
    /// What is wrong with an answer, in words that hold nothing of it.
    struct Defect: Error, Hashable {
        let problem: String
    }

    /// Reads an ExecCredential.
    init(answer: Span<UInt8>, apiVersion: String) throws(Defect) {
        let status = try Self.status(answer, apiVersion)
        token = try Self.content(status, "token", .token)
        certificatePEM = try Self.content(status, "clientCertificateData", .certificates)?.bytes
        keyPEM = try Self.content(status, "clientKeyData", .key)
        guard (certificatePEM == nil) == (keyPEM == nil) else {
            throw Defect(problem: "it gave a client certificate or a key without the other")
        }
        guard token != nil || certificatePEM != nil else {
            throw Defect(problem: "it gave neither a token nor a client certificate")
        }
        expires = try Self.expiration(status)
    }

    private static func status(
        _ answer: Span<UInt8>, _ apiVersion: String
    ) throws(Defect) -> JSONObject {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(document: answer)
        } catch {
            throw Defect(
                problem: "its answer is not JSON (line \(error.line), column \(error.column))")
        }
        guard let object = document.object, object["kind"]?.string == "ExecCredential" else {
            throw Defect(problem: "its answer is no ExecCredential")
        }
        guard object["apiVersion"]?.string == apiVersion else {
            throw Defect(problem: "its answer is not of apiVersion \(apiVersion)")
        }
        guard let status = object["status"]?.object else {
            throw Defect(problem: "its answer has no status")
        }
        return status
    }

    private static func content(
        _ status: JSONObject, _ key: String, _ kind: ContentKind
    ) throws(Defect) -> Secret? {
        guard let text = status[key]?.string, !text.isEmpty else { return nil }
        guard let content = kind.value(Array(text.utf8)) else {
            throw Defect(problem: "its \(key) \(kind.defect)")
        }
        return content
    }

    private static func expiration(_ status: JSONObject) throws(Defect) -> WallTime? {
        guard let value = status["expirationTimestamp"], value != .null else { return nil }
        guard let time = value.string.flatMap({ WallTime(rfc3339: $0) }) else {
            throw Defect(problem: "its expirationTimestamp is no time such as 2026-01-31T12:00:00Z")
        }
        return time
    }
}
