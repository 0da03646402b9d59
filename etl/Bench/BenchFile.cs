using System.Globalization;
using System.Text;

namespace Etl.Bench;

/// <summary>
/// The CSV file that <c>bench load</c> reads: twelve columns, about 225 bytes a row, Vietnamese text, keys and dates. The
/// same rows for the same number, on every machine.
/// </summary>
static class BenchFile
{
    public static readonly string[] Columns =
    [
        "ma_nhiem_vu", "tinh", "don_vi_chu_tri", "nguoi_giao", "loai", "so_van_ban", "trich_yeu", "ngay_giao", "han_xu_ly", "ngay_hoan_thanh",
        "trang_thai", "cap_nhat_luc",
    ];

    /// <summary>What a column holds.</summary>
    public static BenchKind KindOf(int column) => Columns[column] switch
    {
        "ngay_giao" or "han_xu_ly" or "ngay_hoan_thanh" => BenchKind.Day,
        "cap_nhat_luc" => BenchKind.Instant,
        _ => BenchKind.Text,
    };

    static readonly string[] Provinces = ["Đà Nẵng", "Hải Phòng", "Cần Thơ", "Bình Định", "Hà Nội", "Quảng Nam", "Khánh Hòa", "Thái Nguyên"];

    static readonly string[] Agencies =
    [
        "Sở Tài nguyên và Môi trường", "Sở Giao thông vận tải", "Sở Kế hoạch và Đầu tư", "Sở Xây dựng", "Sở Nội vụ", "Sở Tài chính", "Sở Y tế",
        "Sở Giáo dục và Đào tạo", "Sở Công Thương", "Sở Tư pháp", "Sở Khoa học và Công nghệ", "Sở Thông tin và Truyền thông", "Ban Dân tộc", "Thanh tra tỉnh",
    ];

    static readonly string[] Verbs = ["Rà soát, báo cáo", "Tham mưu, đề xuất", "Chủ trì, phối hợp thực hiện", "Kiểm tra, xử lý", "Xây dựng kế hoạch"];

    static readonly string[] Objects =
    [
        "tiến độ giải phóng mặt bằng các dự án trọng điểm", "phương án sắp xếp đơn vị sự nghiệp công lập", "kết quả giải ngân vốn đầu tư công",
        "việc cập nhật cơ sở dữ liệu đất đai", "công tác cải cách thủ tục hành chính", "các kiến nghị của cử tri trên địa bàn",
    ];

    static readonly DateOnly LastDay = new(2026, 8, 31);

    static readonly string[] Kinds = ["Trọng tâm", "Thường xuyên", "Đột xuất", "Chương trình"];

    /// <summary>Writes the file unless it is there with that many rows; returns its path.</summary>
    public static string Write(string folder, long rows)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FormattableString.Invariant($"bench-{rows}.csv"));
        if (File.Exists(path)) return path;
        using (var writer = new StreamWriter(path + ".part", append: false, new UTF8Encoding(false), bufferSize: 1 << 20))
        {
            writer.WriteLine(string.Join(',', Columns));
            var state = 88172645463325252UL;
            for (var row = 0L; row < rows; row++) WriteRow(writer, row, ref state);
        }
        File.Move(path + ".part", path);
        return path;
    }

    static void WriteRow(StreamWriter writer, long row, ref ulong state)
    {
        var assigned = new DateOnly(2019, 1, 1).AddDays((int)(Next(ref state) % 2800));
        var due = assigned.AddDays(10 + (int)(Next(ref state) % 60));
        var done = assigned.AddDays(5 + (int)(Next(ref state) % 80));
        // What would be done after the day of the file is open; of the rest three in a hundred drag on.
        var isDone = Next(ref state) % 100 < 97 && done < LastDay;
        var hasDue = Next(ref state) % 100 < 82;
        // Columns whose text holds a comma are quoted.
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"NV-{row:00000000},{Pick(Provinces, ref state)},{Pick(Agencies, ref state)},Chủ tịch UBND,{Pick(Kinds, ref state)},"));
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{Next(ref state) % 6000}/UBND-KSTT,\"{Pick(Verbs, ref state)} {Pick(Objects, ref state)} số {row}\","));
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{assigned:dd/MM/yyyy},{(hasDue ? due.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) : "")},{(isDone ? done.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) : "")},"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(isDone ? "Đã hoàn thành" : "Đang thực hiện")},{(isDone ? done : assigned):yyyy-MM-dd} 08:{row % 60:00}:00"));
    }

    static string Pick(string[] words, ref ulong state) => words[Next(ref state) % (ulong)words.Length];

    static ulong Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state >> 11;
    }
}

/// <summary>Kinds of columns of <see cref="BenchFile"/>.</summary>
enum BenchKind
{
    Text,
    Day,
    Instant,
}
