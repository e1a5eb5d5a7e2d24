package import Platform

/// The credentials of one client: finds them, keeps them fresh, and renews them when refused.
///
/// Reading files and running plugins blocks, so its owner is a thread that may wait.
package struct Credentials: Sendable {
    private let settings: CredentialsSettings
    private var plan: AccessPlan
    private var files: [String: CachedFile] = [:]
    private var plugin = PluginMachine()
    /// What was handed out last.
    private var last: ClusterAccess?
    private var renewed: MonotonicTime?
    /// Of the client certificate in `last`; nil once people were told that it is over.
    private var certificateEnd: CertificateEnd?
    private var warnings: [String]

    /// Looks for credentials; throws when there are none, or when they are not as they must be.
    package init(_ settings: CredentialsSettings) throws(CredentialsError) {
        self.settings = settings
        plan = try settings.load()
        warnings = plan.warnings
    }

    /// Between two renewals: a server that refuses everything must not start a plugin each time.
    package static let renewalPause = Duration.seconds(10)
}

extension Credentials {
    /// What to use now: files that changed are read again, an expired plugin credential is renewed.
    package mutating func current(
        now: Moment = .now
    ) throws(CredentialsError) -> ClusterAccess {
        var access = plan.access
        access.authorityPEM = try content(plan.authority, .certificates, now)?.bytes
        access.clientCertificatePEM = try content(plan.certificate, .certificates, now)?.bytes
        access.clientKeyPEM = try content(plan.key, .key, now)
        switch plan.token {
        case .none: break
        case .fixed(let token): access.token = token
        case .file(let path, let fallback): access.token = try file(path, .token, now, fallback)
        case .plugin(let plugin):
            let credential = try credential(of: plugin, access, now)
            access.token = credential.token
            access.clientCertificatePEM = credential.certificatePEM ?? access.clientCertificatePEM
            access.clientKeyPEM = credential.keyPEM ?? access.clientKeyPEM
        }
        noteEnd(of: access.clientCertificatePEM, now)
        last = access
        return access
    }

    /// Makes the next `current` new after the server answered 401 to what it was shown.
    ///
    /// The kubeconfig and the files it names are read again, a plugin is run again. False means that
    /// this was done a moment ago, and that asking the server at once would be in vain.
    package mutating func reload(after rejected: ClusterAccess, now: Moment = .now) -> Bool {
        // The answer to an old request says nothing about what is used since.
        if let last, !last.hasSameCredentials(as: rejected) { return true }
        if let renewed, now.monotonic - renewed < Self.renewalPause { return false }
        renewed = now.monotonic
        plugin.rejected()
        for path in files.keys { files[path]?.expire() }
        do throws(CredentialsError) {
            let new = try settings.load()
            warnings += new.warnings.filter { !plan.warnings.contains($0) }
            plan = new
        } catch {
            warnings.append("\(error); what was known before stays in use")
        }
        return true
    }

    /// What people should know and were not told yet.
    package mutating func takeWarnings() -> [String] {
        defer { warnings = [] }
        return warnings
    }
}

extension Credentials {
    private mutating func content(
        _ content: AccessPlan.Content?, _ kind: ContentKind, _ now: Moment
    ) throws(CredentialsError) -> Secret? {
        switch content {
        case nil: nil
        case .data(let data): data
        case .file(let path): try self.file(path, kind, now)
        }
    }

    private mutating func file(
        _ path: String, _ kind: ContentKind, _ now: Moment, _ fallback: Secret? = nil
    ) throws(CredentialsError) -> Secret? {
        // A certificate and its key may share a file, but are different things to look for in it.
        let name = "\(kind) \(path)"
        var file = files[name] ?? CachedFile(path, kind, content: fallback)
        defer { files[name] = file }
        if let warning = try file.refresh(now.monotonic) { warnings.append(warning) }
        return file.content
    }

    /// Warns of an expired certificate, of which servers only say that they do not trust it.
    private mutating func noteEnd(of certificate: [UInt8]?, _ now: Moment) {
        if certificate != last?.clientCertificatePEM {
            certificateEnd = certificate.flatMap { CertificateEnd(pem: $0) }
        }
        guard let end = certificateEnd, now.wall >= end.time else { return }
        certificateEnd = nil
        warnings.append(
            "the client certificate expired at \(end.text); renew it where it came from "
                + "(kubeadm certs renew, for one), or get a new kubeconfig")
    }

    private mutating func credential(
        of plugin: CredentialPlugin, _ access: ClusterAccess, _ now: Moment
    ) throws(CredentialsError) -> PluginCredential {
        switch self.plugin.step(now) {
        case .use(let credential): return credential
        case .fail(let error): throw error
        case .run: break
        }
        do throws(CredentialsError) {
            let credential = try plugin.run(
                access, environment: settings.environment, limit: settings.pluginLimit)
            self.plugin.took(credential, now)
            return credential
        } catch {
            self.plugin.failed(error, now)
            throw error
        }
    }
}
