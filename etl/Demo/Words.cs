namespace Etl.Demo;

/// <summary>Texts of tasks, entries and reasons. Invented, plain, and without names of persons.</summary>
static class Words
{
    static readonly string[] Verbs =
    [
        "Tham mưu ban hành", "Xây dựng", "Rà soát", "Báo cáo kết quả", "Kiểm tra, đề xuất phương án", "Tổ chức triển khai", "Thẩm định",
        "Hoàn thiện hồ sơ", "Giải quyết kiến nghị về", "Tổng hợp, báo cáo", "Đề xuất chủ trương", "Đôn đốc thực hiện", "Trình phê duyệt", "Phối hợp xử lý",
    ];

    static readonly string[] Things =
    [
        "kế hoạch đầu tư công trung hạn", "quy hoạch phân khu đô thị", "đề án chuyển đổi số", "danh mục dự án thu hồi đất", "giá đất cụ thể",
        "công tác giải phóng mặt bằng", "kế hoạch cải cách hành chính", "đề án vị trí việc làm", "phương án phòng chống thiên tai",
        "quyết toán dự án hoàn thành", "kế hoạch phát triển nhà ở xã hội", "công tác bảo vệ môi trường", "quản lý chất thải rắn sinh hoạt",
        "chính sách hỗ trợ doanh nghiệp", "kế hoạch tuyển sinh đầu cấp", "công tác tiêm chủng mở rộng", "phương án tổ chức giao thông",
        "chương trình xây dựng nông thôn mới", "công tác giảm nghèo bền vững", "hạ tầng khu công nghiệp", "xử lý đơn thư, khiếu nại", "dự toán ngân sách",
        "công tác an toàn thực phẩm", "chương trình kích cầu du lịch", "cơ sở dữ liệu đất đai", "trang thiết bị y tế tuyến cơ sở", "đấu giá quyền sử dụng đất",
    ];

    static readonly string[] Scopes =
    [
        "trên địa bàn", "giai đoạn 2021–2025", "năm {0}", "6 tháng đầu năm {0}", "quý {1}/{0}", "theo Kết luận của Thường trực", "tại khu vực trung tâm",
        "theo ý kiến chỉ đạo của Chủ tịch", "đợt {1} năm {0}", "theo kiến nghị của cử tri", "đối với các dự án trọng điểm", "theo yêu cầu của Bộ, ngành Trung ương",
    ];

    static readonly string[] Steps =
    [
        "Đã phân công phòng chuyên môn chủ trì, xây dựng kế hoạch thực hiện", "Đã gửi văn bản lấy ý kiến các sở, ngành liên quan",
        "Đã tổng hợp ý kiến góp ý của các đơn vị, đang hoàn thiện dự thảo", "Đã tổ chức họp với các đơn vị liên quan", "Đã đi kiểm tra thực tế hiện trường",
        "Đã hoàn thành dự thảo lần 2, đang trình lãnh đạo cơ quan", "Đang chờ ý kiến thẩm định", "Đã trình UBND xem xét, phê duyệt", "Đã hoàn thành khoảng {0} % khối lượng",
    ];

    static readonly string[] Empty = ["đang thực hiện", "Đang triển khai", "đang xử lý", "Đang thực hiện theo kế hoạch"];

    static readonly string[] Objective =
    [
        "Chờ hướng dẫn của Bộ, ngành Trung ương", "Vướng mắc về quy hoạch sử dụng đất, chờ điều chỉnh", "Nhà đầu tư đề nghị bổ sung hồ sơ",
        "Ảnh hưởng của dịch bệnh, thiên tai", "Quy định pháp luật thay đổi, phải làm lại hồ sơ", "Đang bàn giao nhiệm vụ do sắp xếp bộ máy",
    ];

    static readonly string[] Subjective =
    [
        "Phối hợp giữa các phòng chuyên môn chưa kịp thời", "Thiếu nhân sự chuyên trách", "Chậm tổng hợp ý kiến góp ý", "Chưa chủ động bố trí kinh phí",
    ];

    static readonly string[] Refusals =
    [
        "Kết quả chưa đầy đủ theo yêu cầu nhiệm vụ", "Chưa đính kèm văn bản kết quả", "Nội dung cập nhật chưa đúng", "Cần bổ sung số liệu, báo cáo lại",
    ];

    public static string Title(Chance chance, int year)
    {
        var scope = string.Format(System.Globalization.CultureInfo.InvariantCulture, chance.Pick(Scopes), year, chance.Pick(new[] { "I", "II", "III", "IV" }));
        return $"{chance.Pick(Verbs)} {chance.Pick(Things)} {scope}";
    }

    public static string Subject(Chance chance) => $"V/v {chance.Pick(Verbs).ToLowerInvariant()} {chance.Pick(Things)}";

    /// <summary>An entry of progress; an unwilling one says nothing.</summary>
    public static string Step(Chance chance, int percent, bool vague) =>
        vague ? chance.Pick(Empty)
        : string.Format(System.Globalization.CultureInfo.InvariantCulture, Steps[Math.Min(Steps.Length - 1, percent * Steps.Length / 100)], percent);

    public static string Obstacle(Chance chance, bool objective) => chance.Pick(objective ? Objective : Subjective);

    public static string Refusal(Chance chance) => chance.Pick(Refusals);

    public static string Plan(DateOnly until) => $"Phương án xử lý: hoàn thiện hồ sơ, trình trước ngày {DemoText.Date(until)}; đề nghị gia hạn đến {DemoText.Date(until)}";
}
