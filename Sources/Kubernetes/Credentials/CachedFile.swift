import Platform

/// A file that is replaced now and then; what counts is the last content that was right.
struct CachedFile: Sendable {
    let path: String
    let kind: ContentKind
    private(set) var content: Secret?
    private var last: Look?
    /// Whether people know already that the present content cannot be used.
    private var isToldOf = false

    /// When the file was read, and what told it apart from others then.
    private struct Look: Sendable {
        let time: MonotonicTime
        let status: FileStatus?
    }

    /// A file is read again after this time even if it looks the same.
    static let longest = Duration.seconds(60)

    /// The content given is used until the file could be read.
    init(_ path: String, _ kind: ContentKind, content: Secret? = nil) {
        self.path = path
        self.kind = kind
        self.content = content
    }
}

extension CachedFile {
    /// Reads the file if it changed, or was not read for long; the warning is for people, once.
    ///
    /// Throws only while there is no content at all.
    mutating func refresh(_ now: MonotonicTime) throws(CredentialsError) -> String? {
        let status = try? File.status(path)
        guard isDue(status, now) else { return nil }
        last = Look(time: now, status: status)
        do throws(CredentialsError) {
            content = try read()
            isToldOf = false
            return nil
        } catch {
            guard content != nil else {
                last = nil
                throw error
            }
            defer { isToldOf = true }
            return isToldOf ? nil : "\(error); what was known before stays in use"
        }
    }

    /// Lets the next look read the file in any case.
    mutating func expire() { last = nil }

    private func isDue(_ status: FileStatus?, _ now: MonotonicTime) -> Bool {
        guard let last, now - last.time < Self.longest else { return true }
        // Reading changes the time of the last access, which therefore does not count.
        return status?.identity != last.status?.identity || status?.size != last.status?.size
            || status?.modified != last.status?.modified
    }

    private func read() throws(CredentialsError) -> Secret {
        let bytes = try CredentialsFile.read(path)
        guard let value = kind.value(bytes) else {
            throw CredentialsError(
                .invalid, path, kind.defect, remedy: "have whoever writes the file write it anew")
        }
        return value
    }
}

/// Reading any file that has to do with credentials.
enum CredentialsFile {
    /// What no kubeconfig and no bundle of certificates comes near.
    private static let limit = 16 << 20

    static func read(_ path: String) throws(CredentialsError) -> [UInt8] {
        do throws(PlatformError) {
            return try File.read(path, limit: limit)
        } catch {
            throw CredentialsError(
                .unreadable, path, "cannot be read: \(error.reason)",
                remedy: "check the path, and who may read it")
        }
    }
}
